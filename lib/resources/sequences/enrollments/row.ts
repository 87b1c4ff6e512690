import type { Enrollment } from '@/lib/kernel/db/generated/client'

/** A row as callers see it. */
export const showEnrollment = ({ organization_id: _, environment: __, ...row }: Enrollment) => row
