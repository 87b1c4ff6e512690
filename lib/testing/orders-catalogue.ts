import { Catalogue } from '@/lib/contracts/scopes/catalogue'

/** A catalogue of one resource, which the product does not have: for tests to which it does not matter which there are. */
export const ORDERS_CATALOGUE = new Catalogue([
  {
    name: 'orders',
    title: 'Orders',
    description: 'What was bought.',
    actions: { read: 'Read orders', create: 'Create orders', delete: 'Delete orders' },
    endpoints: [
      { method: 'get', path: '/orders', scope: 'orders:read', summary: 'List orders' },
      { method: 'post', path: '/orders', scope: 'orders:create', summary: 'Create an order' },
      { method: 'get', path: '/orders/{id}', scope: 'orders:read', summary: 'Get an order' },
      { method: 'get', path: '/orders/terms', scope: null, summary: 'Get the terms' },
    ],
    activity_types: [],
    audited: [],
  },
])
