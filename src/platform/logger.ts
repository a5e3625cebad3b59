import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import type { LoggerService } from '@nestjs/common';

/** The process's log: one JSON line an event, ids only, never a body. An injection token and a type in one. */
export abstract class Logger {
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
  abstract debug(fields: object, message: string): void;
}

/** Lines go to standard output when no other destination is given. */
export function makeLogger({ logLevel }: { logLevel: string }, destination?: DestinationStream): PinoLogger & Logger {
  const options = { level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination ? pino(options, destination) : pino(options);
}

/** Nest's own lines on the same log; its routine ones only when debugging. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug({}, String(message));
  }

  warn(message: unknown): void {
    this.logger.warn({}, String(message));
  }

  error(message: unknown): void {
    this.logger.error({}, message instanceof Error ? message.message : String(message));
  }

  fatal(message: unknown): void {
    this.error(message);
  }
}
