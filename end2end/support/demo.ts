//! The demo's people and bookings, which are the same in every demo.
import { createHash } from "node:crypto";

export const PASSWORD = "kia-ora-gigsta";

/** Aroha is `customer`, Liam `customer2`, Hemi `provider`, Priya `provider2`, Grace `admin`. */
export type Who = "customer" | "customer2" | "provider" | "provider2" | "admin";

export const email = (who: Who): string => `${who}@demo.test`;

/** The id of the booking of the seed's story of that name. */
export function bookingId(story: string): string {
  return createHash("sha256").update(`gigsta demo booking ${story}`).digest("hex").slice(0, 24);
}

/** One story for each status, and who of the demo may see it. */
export const EVERY_STATUS: { status: string; story: string; who: Who }[] = [
  { status: "Draft", story: "draft", who: "customer" },
  { status: "Requested", story: "requested-fixed", who: "provider" },
  { status: "Quoted", story: "quoted", who: "customer" },
  { status: "Accepted", story: "change-by-provider", who: "customer" },
  { status: "In progress", story: "in-progress", who: "provider" },
  { status: "Awaiting confirmation", story: "awaiting", who: "customer" },
  { status: "Completed", story: "completed-both-reviews", who: "customer" },
  { status: "No-show", story: "no-show-by-provider", who: "customer" },
  { status: "Disputed", story: "disputed-with-offer", who: "admin" },
  { status: "Declined", story: "declined", who: "provider" },
  { status: "Expired", story: "expired-quote", who: "customer2" },
  { status: "Cancelled", story: "cancelled-with-fee", who: "customer" },
];
