import { signal } from '@preact/signals';
import type { ShippingAddress } from '../../../sdk/client.js';
import { keep, keptText } from '../frame/kept.js';
import { t } from '../language/kit-words.js';
import { TextField } from './controls.js';

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

function tellAddress(part: Partial<ShippingAddress>): void {
  address.value = { ...address.value, ...part };
  keep('address', JSON.stringify(address.value));
}

function readAddress(): ShippingAddress {
  const text = keptText('address');
  return text === null ? SAMPLE : { ...SAMPLE, ...(JSON.parse(text) as Partial<ShippingAddress>) };
}

/** In one line, as the summary of its fields. */
export function addressLine(): string {
  const { street, postalCode, city } = address.value;
  return `${street}, ${postalCode} ${city}`;
}

/** Its fields; what is told holds for every page. */
export function Address() {
  const { street, city, state, postalCode } = address.value;
  const field = (name: 'street' | 'city' | 'state' | 'postalCode', value: string, autocomplete: AutoFill) => (
    <TextField
      label={t()[name]}
      value={value}
      autocomplete={autocomplete}
      onInput={(told) => tellAddress({ [name]: told })}
    />
  );
  return (
    <div class="address">
      {field('street', street, 'street-address')}
      {field('postalCode', postalCode, 'postal-code')}
      {field('city', city, 'address-level2')}
      {field('state', state, 'address-level1')}
    </div>
  );
}
