import type { Language } from '../../shared/core/language.ts';
import type { Block, Content, DayEntry } from './content.ts';

const face =
  "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', 'Segoe UI', Helvetica, Arial, sans-serif";
const colours = {
  paper: '#fbfaf7',
  ink: '#1b1d1f',
  muted: '#5a5d60',
  line: '#dedbd3',
  link: '#2f5590',
} as const;
/** Lingon, spruce, lake, rowan, heather, slate: as on the screens. */
const passColours = ['#a3303f', '#1f6b52', '#2f5590', '#9a4215', '#773d84', '#465463'] as const;

/**
 * A letter as HTML for mail programs: tables and inline styles, for programs that know nothing else; no image, no script, nothing
 * fetched. Programs that understand the style element show it dark where the reader has it so.
 */
export function htmlOf(content: Content, language: Language): string {
  const { subject, greeting, blocks, footer, unsubscribe } = content;
  const small = `margin:0 0 6px;font-size:14px;line-height:1.45;color:${colours.muted}`;
  const last = [
    ...footer.map((line) => `<p class="muted" style="${small}">${escaped(line)}</p>`),
    ...(unsubscribe
      ? [`<p class="muted" style="${small}">${anchor(unsubscribe.url, unsubscribe.label, colours.muted)}</p>`]
      : []),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper { background: #141618 !important; }
  .ink { color: #eceae4 !important; }
  .muted, .muted a { color: #adaca6 !important; }
  .link { color: #9fbef5 !important; }
  .line { border-color: #323538 !important; }
  .button { background: #eceae4 !important; color: #141618 !important; }
  .pass0 { background: #f2909b !important; } .pass1 { background: #72cfae !important; } .pass2 { background: #9fbef5 !important; }
  .pass3 { background: #f0a57c !important; } .pass4 { background: #d9a8e4 !important; } .pass5 { background: #b3c0ce !important; }
}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:${colours.paper}">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${colours.paper}">
<tr><td align="center" style="padding:28px 20px 36px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;text-align:left;font-family:${face}">
<tr><td class="ink" style="font-family:${face};font-size:17px;line-height:1.5;color:${colours.ink}">
<h1 class="ink" style="margin:0 0 20px;font-size:24px;line-height:1.25;font-weight:600;color:${colours.ink}">${escaped(subject)}</h1>
<p style="margin:0 0 16px">${escaped(greeting)}</p>
${blocks.map(blockHtml).join('\n')}
</td></tr>
<tr><td class="line" style="padding-top:16px;border-top:1px solid ${colours.line};font-family:${face}">
${last.join('\n')}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 16px">${escaped(block.text)}</p>`;
    case 'heading':
      return `<h2 class="ink" style="margin:28px 0 12px;font-size:17px;line-height:1.25;font-weight:600;color:${colours.ink}">${escaped(block.text)}</h2>`;
    case 'address':
      return `<p style="margin:0 0 24px;font-size:15px;word-break:break-all">${anchor(block.url, block.url, colours.link, 'link')}</p>`;
    case 'button':
      return `<p style="margin:24px 0 28px"><a class="button" href="${escaped(block.url)}" style="display:inline-block;padding:13px 26px;border-radius:26px;background:${colours.ink};color:${colours.paper};font-weight:600;text-decoration:none">${escaped(block.label)}</a></p>`;
    case 'day':
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px">\n${block.entries.map(entryHtml).join('\n')}\n</table>`;
    case 'numbered':
      return `<ol style="margin:0 0 20px;padding:0 0 0 26px">${block.items.map((item) => `<li style="margin:0 0 6px">${escaped(item)}</li>`).join('')}</ol>`;
  }
}

function entryHtml({ time, title, lines, pass }: DayEntry): string {
  const place = pass === null ? null : pass % passColours.length;
  const bar =
    place === null
      ? '<td width="4" style="width:4px;font-size:0">&nbsp;</td>'
      : `<td width="4" class="pass${place}" style="width:4px;font-size:0;background:${passColours[place]}">&nbsp;</td>`;
  const more = lines.map(
    (line) => `<br><span class="muted" style="font-size:15px;color:${colours.muted}">${escaped(line)}</span>`,
  );
  const cell = `vertical-align:top;padding:2px 0 2px 14px;font-family:${face};font-size:17px;line-height:1.4;color:${colours.ink}`;
  return `<tr>${bar}<td class="ink" width="112" style="width:112px;${cell};white-space:nowrap">${escaped(time)}</td><td class="ink" style="${cell}"><strong style="font-weight:600">${escaped(title)}</strong>${more.join('')}</td></tr><tr><td colspan="3" height="12" style="height:12px;font-size:0">&nbsp;</td></tr>`;
}

function anchor(url: string, label: string, colour: string, name = 'muted'): string {
  return `<a class="${name}" href="${escaped(url)}" style="color:${colour}">${escaped(label)}</a>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (sign) => entities[sign]!);
}
