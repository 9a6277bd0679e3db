import type { Block, Content, DayEntry } from './content.ts';

/** A letter as plain text, lines as long as they come: mail programs fold them. */
export function textOf(content: Content): string {
  const { greeting, blocks, footer, unsubscribe } = content;
  const last = [...footer, ...(unsubscribe ? [`${unsubscribe.label}: ${unsubscribe.url}`] : [])];
  return `${[greeting, ...blocks.map(blockText), `-- \n${last.join('\n')}`].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'heading':
      return `${block.text}\n${'-'.repeat(Math.min(60, block.text.length))}`;
    case 'address':
      return block.url;
    case 'button':
      return `${block.label}:\n${block.url}`;
    case 'day':
      return block.entries.map(entryText).join('\n\n');
    case 'numbered':
      return block.items.map((item, i) => `${i + 1}. ${item}`).join('\n');
  }
}

function entryText({ time, title, lines }: DayEntry): string {
  return [`${time}  ${title}`, ...lines.map((line) => `  ${line}`)].join('\n');
}
