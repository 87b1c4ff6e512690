import { z } from 'zod'

// Next runs this file before any other code of the page. zod must know before its first schema is made that it may
// not compile validators: the Content-Security-Policy allows no `eval`, and the attempt would be reported.
z.config({ jitless: true })
