import { gzipSync } from 'node:zlib'
import type { Product } from './product'

/** The scripts that a page loads. @param cookie of a signed-in browser */
export async function scriptsOf({ url }: Product, path: string, cookie = ''): Promise<Set<string>> {
  const reply = await fetch(url + path, { headers: { cookie } })
  return new Set((await reply.text()).match(/\/_next\/static\/[^"'\\ ]+?\.js/g))
}

/** What the scripts weigh together, compressed: kilobytes. */
export async function kilobytesOf({ url }: Product, scripts: Iterable<string>): Promise<number> {
  let bytes = 0
  for (const script of scripts) {
    const reply = await fetch(url + script)
    bytes += gzipSync(new Uint8Array(await reply.arrayBuffer())).byteLength
  }
  return bytes / 1024
}
