import { z } from 'zod'
import type { ErrorCode } from '@/lib/base/errors'
import { id } from '@/lib/contracts/fields'
import type { Operation, Precondition } from '@/lib/contracts/operation'
import { pageOf, searchedPageOf } from '@/lib/contracts/page'
import type { AnyRows } from '@/lib/contracts/rows/define'

/**
 * The operations that rows have, as ordinary data: spread one to say more about it, or to say it in another way.
 * `answer` describes the reply, where it is not just the row.
 */

const PATCH = 'A JSON merge patch (RFC 7396): what is absent stays, null clears.'

const params = z.object({ id: id() })

const withArticle = ({ one, a }: AnyRows) => a ?? `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`

const shortOf = ({ one, short }: AnyRows) => short ?? one

const uniqueErrors = ({ unique }: AnyRows): readonly ErrorCode[] => (unique ? ['already_exists'] : [])

const referencesOf = ({ fields }: AnyRows) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { reference }]) => (reference ? [[name, reference.collection]] : [])),
  )

const searchesOf = ({ filters }: AnyRows) =>
  Object.entries(filters).flatMap(([name, { searches }]) => (searches ? [name] : []))

export const MATCH: readonly Precondition[] = ['If-Match']

export const listOf = <Row extends z.ZodType, Query extends z.ZodObject>(
  rows: AnyRows & { row: Row; query: Query },
  scope: string,
  answer = `A page of ${rows.many}.`,
) =>
  ({
    method: 'get',
    path: rows.at,
    scope,
    summary: `List ${rows.many}`,
    query: rows.query,
    searches: searchesOf(rows),
    reply: {
      status: 200,
      schema: searchesOf(rows).length === 0 ? pageOf(rows.row) : searchedPageOf(rows.row),
      description: answer,
    },
  }) satisfies Operation

export const createOf = <Row extends z.ZodType, Body extends z.ZodType>(
  rows: AnyRows & { row: Row; createBody: Body },
  scope: string,
  answer = `The new ${shortOf(rows)}.`,
) =>
  ({
    method: 'post',
    path: rows.at,
    scope,
    summary: `Create ${withArticle(rows)}`,
    body: rows.createBody,
    references: referencesOf(rows),
    errors: uniqueErrors(rows),
    etag: true,
    reply: { status: 201, schema: rows.row, description: answer },
  }) satisfies Operation

export const getOf = <Row extends z.ZodType>(
  rows: AnyRows & { row: Row },
  scope: string,
  answer = `The ${shortOf(rows)}.`,
) =>
  ({
    method: 'get',
    path: `${rows.at}/{id}`,
    scope,
    summary: `Get ${withArticle(rows)}`,
    params,
    etag: true,
    // What comes from other rows changes without the version of this one.
    preconditions: rows.derived ? [] : ['If-None-Match'],
    reply: { status: 200, schema: rows.row, description: answer },
  }) satisfies Operation

export const patchOf = <Row extends z.ZodType, Body extends z.ZodType>(
  rows: AnyRows & { row: Row; patchBody: Body },
  scope: string,
  answer = `The ${shortOf(rows)} as it is now.`,
) =>
  ({
    method: 'patch',
    path: `${rows.at}/{id}`,
    scope,
    summary: `Update ${withArticle(rows)}`,
    description: PATCH,
    params,
    body: rows.patchBody,
    references: referencesOf(rows),
    errors: uniqueErrors(rows),
    etag: true,
    preconditions: MATCH,
    reply: { status: 200, schema: rows.row, description: answer },
  }) satisfies Operation

export const removeOf = (rows: AnyRows, scope: string) =>
  ({
    method: 'delete',
    path: `${rows.at}/{id}`,
    scope,
    summary: `Delete ${withArticle(rows)}`,
    params,
    removes: rows.table,
    preconditions: MATCH,
    reply: { status: 204, schema: null, description: `The ${shortOf(rows)} is gone.` },
  }) satisfies Operation

/** @param move its name in the states, which is also the last segment of the path: `/tasks/{id}/complete` */
export const moveOf = <Row extends z.ZodType>(rows: AnyRows & { row: Row }, move: string, scope: string) =>
  ({
    method: 'post',
    path: `${rows.at}/{id}/${move}`,
    scope,
    summary: `${move.charAt(0).toUpperCase()}${move.slice(1)} ${withArticle(rows)}`,
    params,
    move,
    errors: ['wrong_state'],
    etag: true,
    preconditions: MATCH,
    reply: { status: 200, schema: rows.row, description: rows.states?.moves[move]?.after ?? '' },
  }) satisfies Operation
