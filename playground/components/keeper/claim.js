// Whose storage it is. A tab that is duplicated has a copy of the first one's, and must not go on with its run.

const CHANNEL = "playground.tabs";
const KEY = "playground.tab";
const WAIT_MS = 150; // for another tab to say that the name is its own

/**
 * Claims the tab's name, which it keeps through reloads.
 *
 * @param {() => Storage} storage
 * @param {boolean} isSamePage  whether it is loaded again; another page, as of a link in a new tab, has a name of its own
 * @returns {Promise<boolean>} whether no other tab has that name; else this one has another name from now on
 */
export async function claimTab(storage, isSamePage = true) {
  if (typeof BroadcastChannel === "undefined") return true;
  const channel = new BroadcastChannel(CHANNEL);
  let name = (isSamePage ? nameIn(storage) : null) ?? newName();
  const me = crypto.getRandomValues(new Uint32Array(1))[0];
  let isMine = true;
  channel.onmessage = ({ data }) => {
    if (data?.name !== name || data.from === me) return;
    if (data.asks) channel.postMessage({ name, from: me });
    else isMine = false;
  };
  channel.postMessage({ name, from: me, asks: true });
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  if (!isMine) name = newName();
  try {
    storage().setItem(KEY, name);
  } catch {
    // without a storage there is nothing that two tabs could share
  }
  return isMine;
}

/** @param {() => Storage} storage */
function nameIn(storage) {
  try {
    return storage().getItem(KEY);
  } catch {
    return null;
  }
}

function newName() {
  return String(crypto.getRandomValues(new BigUint64Array(1))[0]);
}
