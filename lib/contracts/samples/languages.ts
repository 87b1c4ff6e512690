import { writeCurl } from '@/lib/contracts/samples/curl'
import { writeJavaScript } from '@/lib/contracts/samples/javascript'
import { writePython } from '@/lib/contracts/samples/python'
import type { SampleCall } from '@/lib/contracts/samples/sample-call'

/** The languages that examples are shown in, in the order in which they are shown. */
export const LANGUAGES = [
  { name: 'curl', label: 'cURL', write: writeCurl },
  { name: 'python', label: 'Python', write: writePython },
  { name: 'javascript', label: 'JavaScript', write: writeJavaScript },
] as const satisfies readonly { name: string; label: string; write: (call: SampleCall) => string }[]
