// The hall's screen: the scene in large type; before the first one, how to join.

import { code, follow, roomAddress } from "./connection.js";
import { at, sayLine, sayOver, showPlace } from "./shown.js";

const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
at("big_code").textContent = spaced;
at("big_address").textContent = `${location.host}${roomAddress}`;
at("qr").src = `${roomAddress}/qr.svg`;
at("join").textContent = `参加：${location.host}${roomAddress.replace(/\/[^/]+$/, "")}　コード ${spaced}`;

follow({
  pid: "",
  onState: (state) => showPlace(state, state.place, { pid: "", isHall: true }),
  onLine: sayLine,
  onOver: sayOver,
});
