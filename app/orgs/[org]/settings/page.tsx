import { redirect } from 'next/navigation'

type Props = { params: Promise<{ org: string }> }

export default async function Page({ params }: Props) {
  redirect(`/orgs/${(await params).org}/settings/api-keys`)
}
