import type { PageProps } from '../../kit/frame/page.js';
import { Tabs } from '../../kit/parts/tabs.js';
import { Heading } from '../../kit/parts/surfaces.js';
import { Imported } from './imported.js';
import { Importing } from './importing.js';
import { Keeping } from './keeping.js';
import { OneOrder } from './order.js';
import { Orders } from './orders.js';
import { OneProduct } from './product.js';
import { Products } from './products.js';
import { Spending } from './spending.js';
import { Watches } from './watches.js';
import { t } from './words.js';

/** What was bought: files in, and what can be seen of them. */
export default function History({ params: { part = 'imports', id } }: PageProps) {
  return (
    <>
      <Heading title={t().title} lead={part === 'imports' && !id ? t().lead : undefined} />
      <Tabs
        label={t().parts}
        tabs={[
          { to: '/history', name: t().imports },
          { to: '/history/orders', name: t().orders },
          { to: '/history/products', name: t().products },
          { to: '/history/spending', name: t().spending },
          { to: '/history/watches', name: t().watches },
          { to: '/history/yours', name: t().yours },
        ]}
      />
      <Part part={part} id={id} />
    </>
  );
}

function Part({ part, id }: { part: string; id?: string }) {
  switch (part) {
    case 'orders':
      return id ? <OneOrder key={id} id={id} /> : <Orders />;
    case 'products':
      return id ? <OneProduct key={id} id={id} /> : <Products />;
    case 'spending':
      return <Spending />;
    case 'watches':
      return <Watches />;
    case 'yours':
      return <Keeping />;
    default:
      return id ? <Imported key={id} id={id} /> : <Importing />;
  }
}
