import type { ComponentChildren, VNode } from 'preact';

export interface Column<Row> {
  heading: string;
  cell: (row: Row) => ComponentChildren;
  /** Numbers stand to the right. */
  numeric?: boolean;
  /** The cell that names the row. */
  names?: boolean;
  /** Buttons: on a narrow screen they need no heading before them. */
  acts?: boolean;
}

export interface TableProps<Row> {
  caption: string;
  /** The caption is there for who hears the page, when a heading above says the same. */
  captionUnseen?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Shown when there are no rows. */
  empty: string;
  foot?: ComponentChildren;
}

/** A table that becomes a list of cards on a narrow screen: each cell then carries its heading. */
export function Table<Row>({ caption, captionUnseen = false, columns, rows, empty, foot }: TableProps<Row>): VNode {
  if (rows.length === 0) return <p class="quiet">{empty}</p>;
  return (
    <table class="stacks">
      <caption class={captionUnseen ? 'unseen' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column.numeric ? 'numeric' : undefined}>
              {column.heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {columns.map((column) =>
              column.names ? (
                <th scope="row">{column.cell(row)}</th>
              ) : (
                <td class={column.numeric ? 'numeric' : undefined} data-heading={column.acts ? undefined : column.heading}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
      {foot && <tfoot>{foot}</tfoot>}
    </table>
  );
}
