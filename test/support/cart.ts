/** A cart of real products that all simulated providers carry. */
export const CART = {
  items: [
    { id: 'milk', name: 'Whole milk', quantity: 1, unit: 'gallon' },
    { id: 'eggs', name: 'Large eggs', quantity: 12, unit: 'each' },
    { id: 'bananas', name: 'Bananas', quantity: 2, unit: 'lb' },
  ],
  shippingAddress: { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' },
};
