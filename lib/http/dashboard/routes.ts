import { keyRoutes } from '@/lib/http/dashboard/keys'

/** Every route of the dashboard's API. */
export const ROUTES = [...keyRoutes]
