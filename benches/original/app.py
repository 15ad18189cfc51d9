"""The stack of the original, for comparison: FastAPI, Beanie and uvicorn with uvloop, one worker.

A booking as JSON with its actions: the session is read, then the booking, then the actions are worked out from a table.
An action: the same reads, the transition is checked, and one majority write by version stores it. MONGODB_URI and
ORIGINAL_DB say where the data is; ORIGINAL_JSON_BYTES about how much an answer weighs.
"""

import hashlib
import os
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

from beanie import Document, PydanticObjectId, init_beanie
from fastapi import Cookie, Depends, FastAPI, Form, HTTPException
from pydantic import BaseModel
from pymongo import AsyncMongoClient, ReturnDocument, WriteConcern

JSON_BYTES = int(os.environ.get("ORIGINAL_JSON_BYTES", "0"))


class Session(Document):
    id: str
    account_id: PydanticObjectId
    expires_at: datetime

    class Settings:
        name = "sessions"


class Party(BaseModel):
    id: str
    name: str


class Service(BaseModel):
    title: str
    price: dict[str, Any]


class Place(BaseModel):
    label: str


class Progress(BaseModel):
    status: str
    starts_at: int
    ends_at: int


class Event(BaseModel):
    seq: int
    at: int
    action_name: str
    actor: str
    actor_name: str
    # Not `from`, which is a word of the language.
    to: str
    note: str
    message: str | None = None
    hash: str


class Booking(Document):
    reference: str
    customer: Party
    provider: Party
    service: Service
    place: Place
    details: str
    zone: str
    currency: str
    version: int
    state: Progress
    history: list[Event]

    class Settings:
        name = "bookings"
        indexes = [
            [("customer.id", 1), ("state.starts_at", -1)],
            [("provider.id", 1), ("state.starts_at", -1)],
        ]


class Input(BaseModel):
    name: str
    label: str
    required: bool


class Action(BaseModel):
    action_name: str
    button_label: str
    note: str
    is_critical: bool
    available: bool
    inputs: list[Input]


class Answer(BaseModel):
    booking: Booking
    actions: list[Action]


# Each action: its label, its note, from which status to which, by whom, and what it asks for.
TABLE = {
    "finish": ("Mark as done", "Marked as done by the provider", "in_progress", "awaiting_confirmation", "provider", ["message"]),
    "request_fix": ("Ask for a fix", "A fix asked for by the customer", "awaiting_confirmation", "in_progress", "customer", ["message"]),
    "confirm": ("Confirm completion", "Completion confirmed by the customer", "awaiting_confirmation", "completed", "customer", []),
    "open_dispute": ("Report a problem", "Problem reported by the {role}", "in_progress", "disputed", None, ["reason", "message"]),
    "cancel": ("Cancel", "Booking cancelled by the {role}", "accepted", "cancelled", None, ["reason"]),
}


@asynccontextmanager
async def lifespan(_: FastAPI):
    client = AsyncMongoClient(os.environ["MONGODB_URI"], w="majority", appname="original")
    await init_beanie(database=client[os.environ["ORIGINAL_DB"]], document_models=[Session, Booking])
    yield
    await client.close()


app = FastAPI(lifespan=lifespan)


async def viewer(session: Annotated[str | None, Cookie()] = None) -> str:
    hashed = hashlib.sha256((session or "").encode()).hexdigest()
    found = await Session.find_one({"_id": hashed, "expires_at": {"$gt": datetime.now(UTC)}})
    if found is None:
        raise HTTPException(401)
    return str(found.account_id)


Viewer = Annotated[str, Depends(viewer)]


async def load(booking_id: str, account: str) -> Booking:
    mine = {"_id": PydanticObjectId(booking_id), "$or": [{"customer.id": account}, {"provider.id": account}]}
    booking = await Booking.find_one(mine)
    if booking is None:
        raise HTTPException(404)
    return booking


def actions(booking: Booking, account: str) -> list[Action]:
    """Every action of the viewer's, possible now or not."""
    role = "customer" if booking.customer.id == account else "provider"
    found = []
    for name, (label, note, status, _, who, inputs) in TABLE.items():
        if who in (None, role):
            asked = [Input(name=one, label=one.capitalize(), required=one == "reason") for one in inputs]
            found.append(
                Action(
                    action_name=name,
                    button_label=label,
                    note=note.format(role=role),
                    is_critical=False,
                    available=booking.state.status == status,
                    inputs=asked,
                )
            )
    return found


more: int | None = None


def answer(booking: Booking, account: str) -> Answer:
    """Filled up with more of the same actions until it weighs about as much as ours; found once, all are of the same size."""
    global more
    found = actions(booking, account)
    if more is None:
        there = len(Answer(booking=booking, actions=found).model_dump_json())
        more = max(0, JSON_BYTES - there) // (len(found[0].model_dump_json()) + 1)
    return Answer(booking=booking, actions=found + [found[at % len(found)] for at in range(more)])


@app.get("/readyz")
async def ready() -> str:
    return "ready"


@app.get("/api/bookings/{booking_id}")
async def get_booking(booking_id: str, account: Viewer) -> Answer:
    return answer(await load(booking_id, account), account)


@app.post("/api/{action_name}")
async def act(action_name: str, account: Viewer, booking_id: Annotated[str, Form()], version: Annotated[int, Form()]) -> Answer:
    booking = await load(booking_id, account)
    role = "customer" if booking.customer.id == account else "provider"
    if action_name not in TABLE:
        raise HTTPException(404)
    _, note, status, to, who, _ = TABLE[action_name]
    if booking.state.status != status or who not in (None, role) or booking.version != version:
        raise HTTPException(409)
    event = Event(
        seq=booking.version + 1,
        at=int(time.time() * 1000),
        action_name=action_name,
        actor=role,
        actor_name=booking.provider.name if role == "provider" else booking.customer.name,
        to=to,
        note=note.format(role=role),
        hash=hashlib.sha256(booking_id.encode()).hexdigest(),
    )
    change = {"$set": {"state.status": to}, "$inc": {"version": 1}, "$push": {"history": event.model_dump()}}
    majority = Booking.get_pymongo_collection().with_options(write_concern=WriteConcern("majority"))
    as_read = {"_id": booking.id, "version": booking.version}
    written = await majority.find_one_and_update(as_read, change, return_document=ReturnDocument.AFTER)
    if written is None:
        raise HTTPException(409)
    return answer(Booking.model_validate(written), account)
