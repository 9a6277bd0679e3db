/**
 * The header Content-Disposition that saves an answer under a name (RFC 6266): in plain letters for old programs, and as it is
 * for the rest. What cannot be in a file name becomes a hyphen.
 */
export function attachment(fileName: string): string {
  const name = fileName
    .normalize('NFC')
    .replaceAll(/[\u0000-\u001f\u007f-\u009f/\\:*?"<>|]+/gu, '-')
    .replace(/^[.-]+/u, '');
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\u0020-\u007e]/gu, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
