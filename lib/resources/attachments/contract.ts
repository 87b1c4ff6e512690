import { z } from 'zod'
import { ANY_TYPE, readMediaType } from '@/lib/contracts/bytes'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'

/** In bytes. */
const LARGEST = 10 * 1_024 * 1_024

const LONGEST_NAME = 200

const said = <Schema extends z.ZodType>(schema: Schema, description: string, example: unknown) =>
  r.shownAs(schema.meta({ description, example }))

/** The name alone: whoever saves it decides where. */
const fileName = r
  .line(LONGEST_NAME)
  .input.refine((name) => !/[/\\]/.test(name) && !/^\.+$/.test(name), 'The name of a file, without a path.')

const mediaType = z
  .string()
  .toLowerCase()
  .refine((type) => readMediaType(ANY_TYPE, type) === type, 'A media type, like image/png.')

export const attachmentRows = r.defineRows({
  one: 'attachment',
  fields: {
    id: r.idField(),
    ticket_id: {
      ...r.kept(r.idKind()),
      reference: { collection: '/tickets', table: 'tickets', one: 'ticket', gone: 'cascade' },
    },
    name: said(z.string(), 'Under which it is saved.', 'screenshot.png'),
    content_type: said(z.string(), 'What its bytes are, whatever the upload said.', 'image/png'),
    size: said(z.int(), 'In bytes.', 48_213),
    sha256: said(
      z.string(),
      'SHA-256 of its bytes, in hex.',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ),
    created_at: r.kept(r.moment()),
  },
  filters: {
    ticket_id: r.equal(r.idKind()),
    content_type: r.equal({ input: mediaType }),
    created_after: r.later('created_at'),
  },
  sorts: ['created_at'],
  activities: {
    subject: 'attachment',
    create: 'attachment.created',
    remove: 'attachment.deleted',
    facts: { ticket_id: 'ticket_id', name: 'name', content_type: 'content_type', size: 'size' },
  },
})

const [read, write] = ['attachments:read', 'attachments:write']
const params = z.object({ id: id() })

export const attachmentsContract = r.defineResource({
  name: 'attachments',
  presets: ['support-read'],
  description:
    'Files on tickets: screenshots, logs, invoices. They never change, and go with their ticket. They are only ever served to be saved.',
  actions: { read: 'Read and download attachments', write: 'Attach files to tickets, and delete attachments' },
  rows: [attachmentRows],
  operations: {
    list: r.listOf(attachmentRows, read),
    create: {
      method: 'post',
      path: '/tickets/{id}/attachments',
      scope: write,
      summary: 'Attach a file to a ticket',
      description:
        'The body is the file, and nothing else. What it is its bytes say: a `Content-Type` that they contradict is corrected, one of a text type is kept where they are text in UTF-8, and what nothing is known of is `application/octet-stream`. All attachments of an environment together have a quota, by plan. A closed ticket takes none.',
      params,
      query: z.strictObject({
        name: fileName.optional().meta({
          description:
            'Name of the file, without a path; `attachment` with the ending of its type where it is left out.',
          minLength: 1,
          maxLength: LONGEST_NAME,
        }),
      }),
      upload: { type: ANY_TYPE, limit: LARGEST, named_by: 'name' },
      // It writes many rows, and waits for the others of its organisation.
      bulk: true,
      makes: attachmentRows.at,
      errors: ['wrong_state', 'attachment_quota_reached'],
      etag: true,
      reply: { status: 201, schema: attachmentRows.row, description: 'The new attachment.' },
    },
    get: r.getOf(attachmentRows, read),
    download: {
      method: 'get',
      path: `${attachmentRows.at}/{id}/content`,
      scope: read,
      summary: 'Download an attachment',
      description: 'Its `ETag` is the SHA-256 of the bytes.',
      params,
      etag: true,
      preconditions: ['If-None-Match'],
      reply: {
        status: 200,
        schema: null,
        bytes: ANY_TYPE,
        description: 'The bytes as they were sent, with their name.',
      },
    },
    delete: { ...r.removeOf(attachmentRows, write), description: 'In any state of its ticket.' },
  },
})
