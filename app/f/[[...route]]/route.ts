import { publicForms } from '@/lib/http/forms/app'
import { readPeer } from '@/lib/http/peer'

// Serves hosts that run Next without `server.ts`, and `next dev`.
const handle = (request: Request) => publicForms.fetch(request, { peer: readPeer(request.headers) })

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
