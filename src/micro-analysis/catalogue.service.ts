import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { type CostItem, readCatalogue } from './catalogue.rules.js';

/** The starting catalogue of unit costs, read once at boot: a row that cannot be read stops the start. */
@Injectable()
export class CatalogueService {
  readonly items: readonly CostItem[] = readCatalogue(readFileSync(new URL('./unit-costs.csv', import.meta.url), 'utf8'));
  private readonly byId = new Map(this.items.map((item) => [item.id, item]));

  find(id: string): CostItem | undefined {
    return this.byId.get(id);
  }
}
