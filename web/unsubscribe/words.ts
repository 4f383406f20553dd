/** All that the page says. `{account}` and `{address}` stand for those names. */
export interface Words {
  waiting: string;
  ask: string;
  askLead: string;
  isBack: string;
  end: string;
  ending: string;
  ended: string;
  endedLead: string;
  mistake: string;
  back: string;
  stuck: string;
  gone: string;
  goneLead: string;
  failed: string;
  again: string;
  trying: string;
  unreachable: string;
  tooMany: string;
  ours: string;
}

const en: Words = {
  waiting: "One moment",
  ask: "No more mails from {account}?",
  askLead: "They go to {address}. You can come back at any time.",
  isBack: "{account} may write to you again.",
  end: "Send me no more mails",
  ending: "Ending them",
  ended: "You are written to no more",
  endedLead: "No mails from {account} go to {address} any more. There is nothing else to do.",
  mistake: "It was a mistake?",
  back: "Send me mails again",
  stuck:
    "Something keeps mails from going to this address, such as earlier ones that came back. Write to {account}: they can mend it.",
  gone: "This link works no more",
  goneLead:
    "It is too old, or was not copied whole. Answer the mail with the one word “unsubscribe” instead: that ends the mails too.",
  failed: "That did not work",
  again: "Try again",
  trying: "Trying",
  unreachable: "Nobody answers. Check your connection, then try again.",
  tooMany: "Too many tries in a short time. You can go on in a moment.",
  ours: "Something went wrong on our side. Try again in a little while.",
};

const de: Words = {
  waiting: "Einen Moment",
  ask: "Keine E-Mails mehr von {account}?",
  askLead: "Sie gehen an {address}. Sie können jederzeit zurückkommen.",
  isBack: "{account} darf Ihnen wieder schreiben.",
  end: "Keine E-Mails mehr senden",
  ending: "Wird abgemeldet",
  ended: "Sie bekommen keine E-Mails mehr",
  endedLead: "An {address} gehen keine E-Mails von {account} mehr. Sie müssen nichts weiter tun.",
  mistake: "Das war ein Versehen?",
  back: "Wieder E-Mails senden",
  stuck:
    "Etwas hält E-Mails an diese Adresse auf, etwa frühere, die zurückkamen. Schreiben Sie an {account}: Dort kann man das beheben.",
  gone: "Dieser Link gilt nicht mehr",
  goneLead:
    "Er ist zu alt oder wurde nicht ganz kopiert. Antworten Sie auf die E-Mail stattdessen mit dem einen Wort „unsubscribe“: Auch das beendet die E-Mails.",
  failed: "Das hat nicht geklappt",
  again: "Noch einmal versuchen",
  trying: "Wird versucht",
  unreachable: "Niemand antwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  tooMany: "Zu viele Versuche in kurzer Zeit. Gleich geht es weiter.",
  ours: "Bei uns ist etwas schiefgegangen. Versuchen Sie es in Kürze noch einmal.",
};

const fr: Words = {
  waiting: "Un instant",
  ask: "Ne plus recevoir d’e-mails de {account} ?",
  askLead: "Ils sont envoyés à {address}. Vous pouvez revenir à tout moment.",
  isBack: "{account} peut de nouveau vous écrire.",
  end: "Ne plus m’envoyer d’e-mails",
  ending: "Désinscription en cours",
  ended: "Vous ne recevrez plus d’e-mails",
  endedLead: "Plus aucun e-mail de {account} n’est envoyé à {address}. Vous n’avez rien d’autre à faire.",
  mistake: "C’était une erreur ?",
  back: "Recevoir de nouveau les e-mails",
  stuck:
    "Quelque chose empêche l’envoi d’e-mails à cette adresse, par exemple des e-mails qui sont revenus. Écrivez à {account} : on pourra y remédier.",
  gone: "Ce lien n’est plus valable",
  goneLead:
    "Il est trop ancien, ou n’a pas été copié en entier. Répondez plutôt à l’e-mail par le seul mot « unsubscribe » : cela met aussi fin aux e-mails.",
  failed: "Cela n’a pas marché",
  again: "Réessayer",
  trying: "Nouvel essai",
  unreachable: "Personne ne répond. Vérifiez votre connexion, puis réessayez.",
  tooMany: "Trop d’essais en peu de temps. Vous pourrez continuer dans un instant.",
  ours: "Une erreur s’est produite de notre côté. Réessayez dans un moment.",
};

const es: Words = {
  waiting: "Un momento",
  ask: "¿No recibir más correos de {account}?",
  askLead: "Se envían a {address}. Puede volver cuando quiera.",
  isBack: "{account} puede escribirle de nuevo.",
  end: "No enviarme más correos",
  ending: "Dando de baja",
  ended: "Ya no recibirá más correos",
  endedLead: "Ya no se envían correos de {account} a {address}. No tiene que hacer nada más.",
  mistake: "¿Ha sido un error?",
  back: "Volver a recibir los correos",
  stuck:
    "Algo impide que se envíen correos a esta dirección, por ejemplo correos anteriores que fueron devueltos. Escriba a {account}: allí pueden resolverlo.",
  gone: "Este enlace ya no sirve",
  goneLead:
    "Es demasiado antiguo o no se copió entero. Responda al correo con la sola palabra «unsubscribe»: así también dejan de enviarse.",
  failed: "No ha funcionado",
  again: "Intentar de nuevo",
  trying: "Intentando",
  unreachable: "Nadie responde. Compruebe su conexión e inténtelo de nuevo.",
  tooMany: "Demasiados intentos en poco tiempo. Podrá seguir en un momento.",
  ours: "Algo ha fallado por nuestra parte. Inténtelo de nuevo dentro de un rato.",
};

const it: Words = {
  waiting: "Un momento",
  ask: "Non ricevere più e-mail da {account}?",
  askLead: "Vengono inviate a {address}. Può tornare in qualsiasi momento.",
  isBack: "{account} può scriverle di nuovo.",
  end: "Non inviatemi più e-mail",
  ending: "Cancellazione in corso",
  ended: "Non riceverà più e-mail",
  endedLead: "A {address} non vengono più inviate e-mail da {account}. Non deve fare altro.",
  mistake: "È stato un errore?",
  back: "Ricevere di nuovo le e-mail",
  stuck:
    "Qualcosa impedisce l’invio di e-mail a questo indirizzo, per esempio e-mail precedenti tornate indietro. Scriva a {account}: lì possono rimediare.",
  gone: "Questo link non vale più",
  goneLead:
    "È troppo vecchio o non è stato copiato per intero. Risponda all’e-mail con la sola parola «unsubscribe»: anche così le e-mail finiscono.",
  failed: "Non ha funzionato",
  again: "Riprova",
  trying: "Nuovo tentativo",
  unreachable: "Nessuno risponde. Controlli la connessione e riprovi.",
  tooMany: "Troppi tentativi in poco tempo. Potrà continuare tra un momento.",
  ours: "Qualcosa è andato storto da parte nostra. Riprovi tra poco.",
};

const pt: Words = {
  waiting: "Um momento",
  ask: "Não receber mais e-mails de {account}?",
  askLead: "São enviados para {address}. Pode voltar quando quiser.",
  isBack: "{account} pode escrever-lhe de novo.",
  end: "Não me enviar mais e-mails",
  ending: "A cancelar",
  ended: "Não vai receber mais e-mails",
  endedLead: "Já não são enviados e-mails de {account} para {address}. Não é preciso fazer mais nada.",
  mistake: "Foi um engano?",
  back: "Voltar a receber os e-mails",
  stuck:
    "Algo impede o envio de e-mails para este endereço, por exemplo e-mails anteriores que foram devolvidos. Escreva a {account}: aí podem resolvê-lo.",
  gone: "Este link já não é válido",
  goneLead:
    "É demasiado antigo ou não foi copiado por inteiro. Responda ao e-mail só com a palavra “unsubscribe”: isso também termina os e-mails.",
  failed: "Não funcionou",
  again: "Tentar de novo",
  trying: "A tentar",
  unreachable: "Ninguém responde. Verifique a sua ligação e tente de novo.",
  tooMany: "Demasiadas tentativas em pouco tempo. Pode continuar dentro de um momento.",
  ours: "Algo correu mal do nosso lado. Tente de novo daqui a pouco.",
};

const nl: Words = {
  waiting: "Een ogenblik",
  ask: "Geen e-mails meer van {account}?",
  askLead: "Ze gaan naar {address}. U kunt altijd terugkomen.",
  isBack: "{account} mag u weer schrijven.",
  end: "Stuur mij geen e-mails meer",
  ending: "Wordt afgemeld",
  ended: "U krijgt geen e-mails meer",
  endedLead: "Er gaan geen e-mails van {account} meer naar {address}. U hoeft verder niets te doen.",
  mistake: "Was het een vergissing?",
  back: "Stuur mij weer e-mails",
  stuck:
    "Iets houdt e-mails naar dit adres tegen, bijvoorbeeld eerdere die terugkwamen. Schrijf naar {account}: daar kan men het verhelpen.",
  gone: "Deze link werkt niet meer",
  goneLead:
    "Hij is te oud of niet helemaal gekopieerd. Beantwoord de e-mail met het ene woord “unsubscribe”: ook dat beëindigt de e-mails.",
  failed: "Dat is niet gelukt",
  again: "Opnieuw proberen",
  trying: "Bezig",
  unreachable: "Niemand antwoordt. Controleer uw verbinding en probeer het opnieuw.",
  tooMany: "Te veel pogingen in korte tijd. U kunt zo verder.",
  ours: "Er ging bij ons iets mis. Probeer het straks opnieuw.",
};

export const WORDS: ReadonlyMap<string, Words> = new Map(Object.entries({ en, de, fr, es, it, pt, nl }));

/** A language and its words. */
export interface Spoken {
  language: string;
  words: Words;
}

/** The first of these languages (`pt-BR`, `de`) that there are words in; English, where there is none. */
export function spokenIn(languages: Iterable<string | null>): Spoken {
  for (const locale of languages) {
    const language = locale?.split(/[-_]/)[0]?.toLowerCase() ?? "";
    const words = WORDS.get(language);
    if (words) return { language, words };
  }
  return { language: "en", words: en };
}
