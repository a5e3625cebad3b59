/** The part of mailparser that the specs use. */
declare module 'mailparser' {
  export interface ParsedAddress {
    value: { address?: string; name: string }[];
    text: string;
  }

  export interface ParsedAttachment {
    filename?: string;
    contentType: string;
    contentDisposition: string;
    content: Buffer;
  }

  export interface ParsedMail {
    messageId?: string;
    subject?: string;
    from?: ParsedAddress;
    to?: ParsedAddress | ParsedAddress[];
    bcc?: ParsedAddress | ParsedAddress[];
    text?: string;
    html: string | false;
    date?: Date;
    headers: Map<string, unknown>;
    headerLines: readonly { key: string; line: string }[];
    attachments: ParsedAttachment[];
  }

  export function simpleParser(source: Buffer | NodeJS.ReadableStream): Promise<ParsedMail>;
}
