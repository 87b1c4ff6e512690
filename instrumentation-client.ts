// zod must know before its first schema is made that it may not compile validators: the Content-Security-Policy allows
// no `eval`, and the attempt would be reported. It finds its settings here, so that pages without schemas do without it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
