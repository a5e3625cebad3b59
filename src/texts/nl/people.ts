/** What those who work here read about accounts, passwords and sessions. */
export const people = {
  problems: {
    'own-account': 'Je eigen account kun je niet sluiten. Vraag het een andere beheerder.',
    'last-admin': 'Dit is de laatste beheerder. Maak eerst iemand anders beheerder.',
    'carries-caseload':
      'Deze gespreksleider heeft nog {cases} lopende trajecten en {duties} diensten. Kies wie ze overneemt, of draag ze eerst over.',
    'no-password': 'Dit account heeft geen wachtwoord. Je meldt je aan via je eigen organisatie.',
    'password-link-ended': 'Deze link werkt niet meer. Vraag een nieuwe aan.',
  },
  fields: {
    'wrong-password': 'Dit is niet je wachtwoord van nu.',
    'password-too-short': 'Dit is te kort. Neem minstens 12 tekens, bijvoorbeeld een zin.',
    'password-too-common': 'Dit wachtwoord is te makkelijk te raden. Neem een paar woorden die niet bij elkaar horen.',
  },
};
