import { Inject } from '@nestjs/common';

/** Settings are a plain object; this is what they are injected by. */
export const SETTINGS_TOKEN = 'settings';

export const InjectSettings = (): ParameterDecorator => Inject(SETTINGS_TOKEN);
