import type { ReactNode } from 'react'
import { CodeExample } from '@/components/docs/code-example'
import { DocsPager } from '@/components/docs/find/pager'
import { AnchoredHeading } from '@/components/docs/guide/anchored-heading'
import { CodeSamples } from '@/components/docs/reference/code-samples'
import { codeMarked, FieldList, Members } from '@/components/docs/reference/field-list'
import { Method } from '@/components/docs/reference/method'
import { OperationPlayground } from '@/components/docs/reference/operation-playground'
import { StateDrawing } from '@/components/docs/reference/state-drawing'
import { Facts } from '@/components/ui/facts'
import { PageLink } from '@/components/ui/page-link'
import { ANY_TYPE } from '@/lib/contracts/bytes'
import type { DocsLink } from '@/lib/docs/navigation'
import type { OperationDescription as Operation } from '@/lib/docs/operation-page'
import type { PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'

type Props = {
  page: Operation
  playground: PlaygroundOperation
  neighbours: { previous: DocsLink | null; next: DocsLink | null }
}

const LINK = 'text-accent underline underline-offset-2'

/** All about one operation, and how to call it. */
export const OperationPage = ({ page, playground, neighbours }: Props) => (
  <article className="mx-auto max-w-6xl">
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
      <div className="flex min-w-0 flex-col gap-3 lg:col-start-1">
        <header>
          <p className="text-muted text-sm">{page.resource.title}</p>
          <h1 className="font-semibold text-xl">{page.summary}</h1>
          <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
            <Method name={page.method} place="line" />
            <code className="break-all font-mono text-sm">{page.path}</code>
          </p>
        </header>
        {page.description && <p className="leading-6">{codeMarked(page.description)}</p>}
        <Scopes page={page} />
        {page.states && <StateDrawing drawing={page.states} href={page.href} />}
        <OperationPlayground operation={playground} />
      </div>
      <div className="flex min-w-0 flex-col gap-6 lg:sticky lg:top-10 lg:col-start-2 lg:row-span-2 lg:max-h-[calc(100dvh-5rem)] lg:self-start lg:overflow-y-auto *:shrink-0">
        <CodeSamples samples={page.samples} rows={page.rows} />
        {page.reply.example !== null && (
          <div className="min-w-0">
            <p className="pb-1.5 text-muted text-sm">A reply, {page.reply.status}</p>
            <CodeExample code={page.reply.example} language="json" label="Copy the reply" />
          </div>
        )}
      </div>
      <div className="min-w-0 lg:col-start-1">
        <Request page={page} />
        <Reply reply={page.reply} />
        <Errors page={page} />
        <DocsPager {...neighbours} />
      </div>
    </div>
  </article>
)

const Part = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-2 leading-6">
    <AnchoredHeading level={2} id={id}>
      {title}
    </AnchoredHeading>
    {children}
  </section>
)

const Scopes = ({ page: { scope, wider } }: { page: Operation }) =>
  scope === null ? (
    <p className="text-muted">Every key may call it, whatever its scopes.</p>
  ) : (
    <p className="text-muted">
      Needs the scope <code className="font-mono text-ink text-sm">{scope}</code>
      {wider.map((wide) => (
        <span key={wide}>
          {' '}
          or <code className="font-mono text-ink text-sm">{wide}</code>
        </span>
      ))}
      . See{' '}
      <PageLink href="/docs/scopes" className={LINK}>
        Scopes
      </PageLink>
      .
    </p>
  )

const OfType = ({ type }: { type: string }) =>
  type === ANY_TYPE ? (
    'of any type'
  ) : (
    <>
      of the type <code className="font-mono text-sm">{type}</code>
    </>
  )

const Request = ({ page: { params, query, headers, body, upload } }: { page: Operation }) => (
  <>
    {params.length > 0 && (
      <Part id="path" title="Path parameters">
        <FieldList fields={params} />
      </Part>
    )}
    {query.length > 0 && (
      <Part id="query" title="Query parameters">
        <FieldList fields={query} />
      </Part>
    )}
    {headers.length > 0 && (
      <Part id="headers" title="Headers">
        <FieldList fields={headers} />
      </Part>
    )}
    {body && (
      <Part id="body" title="Body">
        <p className="text-muted">
          JSON, at most {body.limit.toLocaleString('en')} bytes. Fields that are not named here are refused.
          {body.optional && ' It may be left out.'}
        </p>
        {body.shape.fields.length > 0 && <FieldList fields={body.shape.fields} />}
        <Members shape={{ ...body.shape, fields: [] }} />
      </Part>
    )}
    {upload && (
      <Part id="body" title="Body">
        <p className="text-muted">
          The file as it is, at most {upload.limit.toLocaleString('en')} bytes, <OfType type={upload.type} />.
        </p>
      </Part>
    )}
  </>
)

const Reply = ({ reply: { status, description, headers, notModified, shape, bytes } }: Pick<Operation, 'reply'>) => (
  <Part id="reply" title="Reply">
    <p>
      <span className="font-medium">{status}</span> {description}
    </p>
    {notModified && (
      <p>
        <span className="font-medium">{notModified.status}</span> {notModified.description}
      </p>
    )}
    {headers.length > 0 && (
      <>
        <h3 className="text-muted">Headers</h3>
        <FieldList fields={headers} ofReply />
        {(shape || bytes) && <h3 className="text-muted">Body</h3>}
      </>
    )}
    {shape && <FieldList fields={shape.fields} ofReply />}
    {bytes && (
      <p className="text-muted">
        The file as it is, <OfType type={bytes} />.
      </p>
    )}
    {!shape && !bytes && <p className="text-muted">It has no body.</p>}
  </Part>
)

const Errors = ({ page: { errors } }: { page: Operation }) => (
  <Part id="errors" title="Errors">
    <Facts
      look="lines"
      facts={errors.map(({ status, title, codes }) => ({
        name: `${status} ${title}`,
        value: (
          <span className="flex flex-wrap gap-x-3">
            {codes.map(({ code, when }) => (
              <PageLink
                key={code}
                href={`/docs/errors#${code}`}
                title={when}
                className={`inline-flex min-h-6 items-center font-mono text-sm ${LINK}`}
              >
                {code}
              </PageLink>
            ))}
          </span>
        ),
      }))}
    />
  </Part>
)
