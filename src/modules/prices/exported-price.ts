/** A row of an export, by its sort. */
export type ExportedPrice =
  | {
      sort: 'price';
      id: string;
      product: string;
      name: string | null;
      store: string;
      kind: string;
      observedOn: string;
      lastSeen: string;
      cents: number;
      currency: string;
      amount: number;
      unit: string;
      source: string;
      sourceRef: string;
    }
  | { sort: 'price_watch'; id: string; asked: object; createdAt: string };
