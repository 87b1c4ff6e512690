/**
 * The operations that tests take where any would do: those of contacts, as the guides do; of tasks where a parameter is
 * to be chosen.
 */
export const CREATE_PAGE = '/docs/reference/contacts/create'
export const LIST_PAGE = '/docs/reference/contacts/list'
export const CHOICE_PAGE = '/docs/reference/tasks/list'
