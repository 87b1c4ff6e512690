import { api } from '@/lib/http/api/app'
import { readPeer } from '@/lib/http/peer'

// Serves hosts that run Next without `server.ts`, and `next dev`. There no trusted peer tells the caller's address, so a
// key with an allowlist is refused.
const handle = (request: Request) => api.fetch(request, { peer: readPeer(request.headers) })

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
