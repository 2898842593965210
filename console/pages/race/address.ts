import { signal } from '@preact/signals';
import type { ShippingAddress } from '../../../sdk/client.js';
import { keep, keptText } from '../../kit/kept.js';

/** That of the sample, so that a race can be run before anything is filled in. */
const SAMPLE: ShippingAddress = {
  street: '1 Main St',
  city: 'Cincinnati',
  state: 'OH',
  postalCode: '45202',
  country: 'US',
};

/** Where to, as it was told the last time. */
export const address = signal<ShippingAddress>(readAddress());

export function tellAddress(part: Partial<ShippingAddress>): void {
  address.value = { ...address.value, ...part };
  keep('address', JSON.stringify(address.value));
}

function readAddress(): ShippingAddress {
  const text = keptText('address');
  return text === null ? SAMPLE : { ...SAMPLE, ...(JSON.parse(text) as Partial<ShippingAddress>) };
}
