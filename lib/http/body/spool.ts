import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, readdir, rm, stat, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DomainError, unavailable } from '@/lib/base/errors'
import { log } from '@/lib/base/node/log'
import { MINUTE_MS } from '@/lib/base/time'
import { ANY_TYPE, readMediaType, Upload } from '@/lib/contracts/bytes'
import { arriving } from '@/lib/http/body/arriving'
import { requireUncompressed } from '@/lib/http/body/read-body'

/** Of the files that hold bodies while their calls last. */
const PREFIX = 'latchkey-upload-'

/**
 * A file of our own that has no name any more: nobody else can open it, and the system removes it with the handle, also
 * when the process is killed.
 */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `${PREFIX}${randomUUID()}`)
  const handle = await open(path, 'wx+', 0o600)
  await unlink(path)
  return handle
}

/** What the disk did is no fault of the caller's. */
async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    log.error({ err: error }, 'A body could not be kept on disk.')
    throw unavailable()
  }
}

/** @throws Error where the file holds less than was written */
async function readFully(handle: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  for (let read = 0; read < length; ) {
    const { bytesRead } = await handle.read(bytes, read, length - read, position + read)
    if (bytesRead === 0) throw new Error('A body on disk is shorter than it was.')
    read += bytesRead
  }
  return bytes
}

/**
 * Keeps the body of a request on disk, as it comes: no more of it is in memory than what has just arrived. Whoever gets it
 * ends it.
 * @param upload the media type that is taken, and how many bytes
 * @throws DomainError payload_too_large, unsupported_media_type, invalid_request; unavailable where the disk is full
 */
export async function spool(request: Request, { type, limit }: { type: string; limit: number }): Promise<Upload> {
  requireUncompressed(request.headers)
  const sent = readMediaType(type, request.headers.get('Content-Type'))
  if (sent === null) {
    throw new DomainError(
      'unsupported_media_type',
      `Send the body as it is, with ${type === ANY_TYPE ? 'its own Content-Type' : `Content-Type: ${type}`}.`,
    )
  }
  const handle = await onDisk(openNameless())
  try {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of arriving(request, limit)) {
      hash.update(chunk)
      await onDisk(handle.appendFile(chunk))
      size += chunk.byteLength
    }
    const read = (position: number, length: number) =>
      readFully(handle, position, Math.max(0, Math.min(length, size - position)))
    return new Upload(sent, size, hash.digest('hex'), read, () => handle.close())
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * Removes files that kept their names, because a process was killed before it took them away. What cannot be removed, as
 * another user's, stays: it is no reason not to start.
 */
export async function removeLeftSpools(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  const latest = Date.now() - MINUTE_MS
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const path = join(tmpdir(), name)
    const left = await stat(path).catch(() => null)
    if (left && left.mtimeMs < latest) await rm(path, { force: true }).catch(() => {})
  }
}
