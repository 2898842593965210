import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Mixed } from '../language/foreign.js';
import { t } from '../language/kit-words.js';
import { Button } from './controls.js';
import { Icon, type IconName } from './icons.js';

interface HeadingProps {
  title: string;
  /** Of the title, where it is another than the page's. */
  lang?: 'en' | undefined;
  lead?: ComponentChildren;
  /** Buttons at its right. */
  children?: ComponentChildren;
}

/** The head of a page; its title is the browser's too. Every page has one. */
export function Heading({ title, lang, lead, children }: HeadingProps) {
  useEffect(() => {
    document.title = `${title} · LoopGPT Commerce`;
  }, [title]);
  return (
    <header class="heading">
      <div>
        <h1 lang={lang}>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {children && <div class="row">{children}</div>}
    </header>
  );
}

interface CardProps {
  title?: string;
  icon?: IconName;
  /** At the right of its title. */
  beside?: ComponentChildren;
  /** A class of the page's own. */
  kind?: string;
  children: ComponentChildren;
}

export function Card({ title, icon, beside, kind = '', children }: CardProps) {
  const id = useId();
  return (
    <section class={`card ${kind}`} aria-labelledby={title ? id : undefined}>
      {title && (
        <div class="card-head">
          <h2 id={id}>
            {icon && <Icon name={icon} />}
            {title}
          </h2>
          {beside}
        </div>
      )}
      {children}
    </section>
  );
}

interface FactsProps {
  of: readonly (readonly [name: string, value: ComponentChildren])[];
  /** Each in a line of its own, with its value at the right. */
  lines?: boolean;
}

/** What is so: names with their values. */
export const Facts = ({ of, lines }: FactsProps) => (
  <dl class={lines ? 'fact-lines' : 'facts'}>
    {of.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd class="number">{value}</dd>
      </div>
    ))}
  </dl>
);

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'info';

export function Pill({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <span class={`pill ${tone}`}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

export interface Column<T> {
  title: string;
  /** Figures stand at the right. */
  number?: boolean;
  cell: (row: T) => ComponentChildren;
}

interface TableProps<T> {
  /** What it lists, for who does not see it. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** A class of a row. */
  kindOf?: (row: T) => string;
  /** On a telephone each row is a block, a line for each column: where what is wanted of a row stands at its end. */
  blocks?: boolean;
}

/** Scrolls by itself where it is wider than the screen. The first column heads its row. */
export function Table<T>({ caption, columns, rows, keyOf, kindOf, blocks }: TableProps<T>) {
  // A browser that lays a row out as a block forgets that it is one.
  const as = (role: 'table' | 'rowgroup' | 'row' | 'columnheader' | 'rowheader' | 'cell') => (blocks ? { role } : {});
  return (
    // Whoever has no mouse scrolls it by the keyboard.
    <div class={blocks ? 'wide blocks' : 'wide'} tabIndex={0} role="region" aria-label={caption}>
      <table {...as('table')}>
        <caption class="unseen">{caption}</caption>
        <thead {...as('rowgroup')}>
          <tr {...as('row')}>
            {columns.map(({ title, number }) => (
              <th key={title} scope="col" class={number ? 'number' : ''} {...as('columnheader')}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...as('rowgroup')}>
          {rows.map((row) => (
            <tr key={keyOf(row)} class={kindOf?.(row)} {...as('row')}>
              {columns.map(({ title, number, cell }, at) =>
                at === 0 ? (
                  <th key={title} scope="row" class={number ? 'number' : ''} {...as('rowheader')}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={title} class={number ? 'number' : ''} data-of={blocks && title} {...as('cell')}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ComponentChildren;
}

/** The browser's own: it keeps the focus within, Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, open, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <div class="card-head">
        <h2 id={id}>
          <Mixed text={title} />
        </h2>
        <Button look="quiet" icon="cross" label={t().close} onClick={onClose} />
      </div>
      {open && children}
    </dialog>
  );
}
