import pino from 'pino'

/** What operators read: one JSON line each. Never hand it a request, a header or a body: they may hold keys. */
export const log = pino({ base: null, redact: ['err.config', 'err.request'] })
