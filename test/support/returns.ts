/** What a mail server or a mail provider sends back, in the form of RFC 3464 and RFC 5965. */
interface About {
  /** Of the mail that it is about. */
  messageId: string;
  /** Where it comes back to. */
  to: string;
  recipient: string;
}

const lines = (...rows: string[]): string => rows.join('\r\n');

export function aReturn({ messageId, to, recipient, action, status, encoding }: About & { action: string; status: string; encoding?: 'base64' }): string {
  const report = lines(
    'Reporting-MTA: dns; mx.example.org',
    'Arrival-Date: Fri, 20 Nov 2026 12:00:00 +0100',
    '',
    `Original-Recipient: rfc822; ${recipient}`,
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 no',
    '',
  );
  return lines(
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example.org',
    `To: ${to}`,
    'Auto-Submitted: auto-replied',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="A1B2/mx.example.org"',
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--A1B2/mx.example.org',
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I am sorry. Status: 5.0.0 (as text)',
    '',
    '--A1B2/mx.example.org',
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    ...(encoding ? [`Content-Transfer-Encoding: ${encoding}`] : []),
    '',
    encoding ? Buffer.from(report).toString('base64') : report,
    '--A1B2/mx.example.org',
    'Content-Description: Undelivered Message',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${messageId}`,
    `To: ${recipient}`,
    'Subject: Uitnodiging voor een gesprek',
    '',
    'Hallo',
    '',
    '--A1B2/mx.example.org--',
    '',
  );
}

export function aComplaint({ messageId, to, recipient, type = 'abuse' }: About & { type?: string }): string {
  return lines(
    'From: abuse@provider.example',
    `To: ${to}`,
    'Content-Type: multipart/report; report-type=feedback-report; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'This is an email abuse report.',
    '--part',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: Provider/1.0',
    'Version: 1',
    `Original-Rcpt-To: <${recipient}>`,
    '',
    '--part',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${messageId}`,
    'Subject: Uitnodiging voor een gesprek',
    '',
    'Hallo',
    '--part--',
    '',
  );
}
