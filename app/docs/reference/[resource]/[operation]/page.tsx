import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OperationPage } from '@/components/docs/reference/operation-page'
import { runtime } from '@/lib/base/node/runtime'
import { neighbours } from '@/lib/docs/navigation'
import { describeOperationPage } from '@/lib/docs/operation-page'
import { findOperation } from '@/lib/docs/operations'
import { describePlayground } from '@/lib/http/api/openapi/playground-form'

type Props = { params: Promise<{ resource: string; operation: string }> }

async function find({ params }: Props) {
  const { resource, operation } = await params
  return findOperation(resource, operation)
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const found = await find(props)
  if (!found) return {}
  const { summary, method, path } = found.operation
  return { title: summary, description: `${method.toUpperCase()} /api/v1${path}: ${found.resource.description}` }
}

export default async function Page(props: Props) {
  const found = await find(props)
  if (!found) notFound()
  return (
    <OperationPage
      page={describeOperationPage(found, runtime().appUrl)}
      playground={describePlayground(found.resource, found.operation)}
      neighbours={await neighbours(found.href)}
    />
  )
}
