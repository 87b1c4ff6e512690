import { readPeer } from '@/lib/http/peer'
import { unsubscribing } from '@/lib/http/unsubscribe/app'

// Serves hosts that run Next without `server.ts`, and `next dev`.
const handle = (request: Request) => unsubscribing.fetch(request, { peer: readPeer(request.headers) })

export { handle as DELETE, handle as GET, handle as HEAD, handle as PATCH, handle as POST, handle as PUT }
