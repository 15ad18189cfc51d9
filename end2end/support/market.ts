//! A marketplace as a test uses it: its clock, its people, their bookings.
import { randomBytes } from "node:crypto";
import { PASSWORD, type Who, bookingId, email } from "./demo.ts";
import { Server } from "./server.ts";

const MINUTE_MS = 60_000;

/** Databases of this process whose markets are over. To empty one is ten times as fast as to index a new one. */
const spare: string[] = [];

export class Market {
  private movedMinutes = 0;
  private readonly cookies = new Map<Who, string>();

  private constructor(
    private readonly server: Server,
    private readonly db: string,
  ) {}

  static async start(): Promise<Market> {
    const db = spare.pop() ?? `e2e_${randomBytes(6).toString("hex")}`;
    const { E2E_MONGODB_URI: MONGODB_URI, E2E_DATA: GIGSTA_DATA } = process.env;
    const environment = { MONGODB_URI, GIGSTA_DATA, GIGSTA_DB: db, GIGSTA_PHOTOS_URL: "", GIGSTA_DEMO_FRESH: "1" };
    const server = await Server.start(environment);
    await server.idle();
    return new Market(server, db);
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    spare.push(this.db);
  }

  /** The session cookie's value; signing in costs a password hash, so once a person. */
  async session(who: Who): Promise<string> {
    const known = this.cookies.get(who);
    if (known) return known;
    const answer = await this.post("/api/sign_in", { email: email(who), password: PASSWORD });
    const session = /session=([0-9a-f]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1];
    if (!session) throw new Error(`${who} could not sign in: ${answer.status}`);
    this.cookies.set(who, session);
    return session;
  }

  /** Moves the marketplace's clock to so many minutes before the booking's start. */
  async moveClockToBeforeStart(story: string, minutes: number, who: Who): Promise<void> {
    const { starts_at } = await this.booking(story, who);
    const now = Date.now() + this.movedMinutes * MINUTE_MS;
    await this.moveClock(Math.round((Date.parse(starts_at) - now) / MINUTE_MS) - minutes);
  }

  async moveClock(minutes: number): Promise<void> {
    const answer = await this.post("/dev/clock", { minutes: String(minutes) });
    if (answer.status !== 303) throw new Error(`The clock did not move by ${minutes} minutes: ${answer.status}`);
    this.movedMinutes += minutes;
  }

  /** The booking as the API answers it. */
  async booking(story: string, who: Who): Promise<{ starts_at: string; version: number; history: { note: string }[] }> {
    const headers = { cookie: `session=${await this.session(who)}` };
    const answer = await fetch(`${this.url}/api/get_booking?booking_id=${bookingId(story)}`, { headers });
    if (!answer.ok) throw new Error(`${who} cannot see ${story}: ${answer.status}`);
    return answer.json();
  }

  /** Sends a form as somebody, and does not follow where it leads. */
  async post(path: string, form: Record<string, string>, who?: Who): Promise<Response> {
    const headers: Record<string, string> = who ? { cookie: `session=${await this.session(who)}` } : {};
    return fetch(this.url + path, { method: "POST", headers, body: new URLSearchParams(form), redirect: "manual" });
  }
}
