/** What people read about the neighbourhood: its places. */
export const neighbourhood = {
  problems: {
    'room-in-use': 'In {room} is nog een beraad gepland. Verplaats dat eerst.',
    'room-taken': 'Deze zaal is op dit moment al bezet. Kies een andere zaal of een ander moment.',
  },
  fields: {
    'unknown-room': 'Deze zaal hoort niet bij deze plek.',
  },
};
