import * as r from '@/lib/contracts/rows/kit'

/** What leads and contacts have in common: they are people, with the same lengths and the same examples. */

export const personName = {
  email: r.required(r.emailField(), { example: 'ada@example.com' }),
  first_name: r.optional(r.prose(100), { example: 'Ada' }),
  last_name: r.optional(r.prose(100), { example: 'Lovelace' }),
  company: r.optional(r.prose(200), { example: 'Analytical Engines' }),
}

export const personAtWork = {
  title: r.optional(r.prose(200), { example: 'Mathematician' }),
  phone: r.optional(r.prose(50), { example: '+44 20 7946 0000' }),
}

export const personFilters = {
  email: r.equal(r.emailField()),
  q: r.mentioning('Part of a name, an email or a company.'),
  created_after: r.later('created_at'),
}

export const personSorts = ['created_at', 'updated_at', 'email'] as const
