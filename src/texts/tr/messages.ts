import { invitationIn, type InvitationWords } from '../invitation.js';
import { messageDates } from '../message-dates.js';
import type { CircleTexts } from '../nl/circle-messages.js';
import type { FirstNotice, MessageAbout, MessageText } from '../nl/messages.js';
import { chairAskedIn, privateTimeOpenIn } from '../nl/table-messages.js';
import { chairAsked, left, privateTimeOpen } from './table-messages.js';

const dates = messageDates('tr-TR', {
  moment: (day, time) => `${day}, saat ${time}`,
  span: (day, from, until) => `${day}, saat ${from} - ${until}`,
});

const beforeDay = (day: string | null): string =>
  day ? `Bunu en geç şu günden önce yapar mısın: ${day}?` : 'Bir hafta içinde yaparsan çok iyi olur.';
const before = (instant: Date | string | null | undefined): string => beforeDay(instant ? dates.day(instant) : null);

const PAGE_WAYS = {
  withLink: 'Hesap ya da şifre gerekmez.',
  withoutLink: 'Kendi sayfanı daha önce aldığın bağlantıyla aç. Bağlantıyı bulamıyor musun? Bizi ara, yenisini gönderelim.',
};

const stop = 'Artık katılmak istemiyor musun? Sayfanda ‘haal mij weg’ (beni çıkar) düğmesine dokun. Bilgilerini sileriz.';
const stopHint = (about: MessageAbout): string[] => (about.link && !about.first ? [stop] : []);
const openPage = (about: MessageAbout, label: string): MessageText['button'] => (about.link ? { label, url: about.link } : null);
const pageHint = (about: MessageAbout): string => (about.link ? PAGE_WAYS.withLink : PAGE_WAYS.withoutLink);

// Names stand apart from case endings where they can: people type them, and an ending that does not fit reads badly.
const off = (instant: Date | string | null): string =>
  instant ? `Şu randevu iptal oldu: ${dates.moment(instant)}.` : 'Artık tarih seçmen gerekmiyor: şimdilik aramayı bıraktık.';

const PLAN_STOPPED = 'Katıldığın plan durdu. Yapacağın şeyler artık gerekmiyor. Yanında olduğun için teşekkürler.';

const invitation: InvitationWords = {
  subject: { talk: 'Bir görüşmeye davet', plan: 'Birlikte düşünmek ister misin?', again: 'Katılıp katılmayacağını duymak isteriz' },
  spoken: (resident) => `Seninle ${resident} hakkında konuşmuştuk. İşte davet.`,
  announced: {
    talk: (resident) => `${resident} birkaç kişiyle bir araya gelmek istiyor ve senin de orada olmanı umuyor.`,
    plan: (resident) => `${resident} birkaç kişiyle bir plan yapıyor ve senin de katkını umuyor.`,
  },
  again: (resident) => `Sana daha önce sormuştuk: ${resident} senin de fikrini almak istiyor. Daveti bir kez daha gönderiyoruz.`,
  notSpokenYet: (who) => `Bunu ayarlamaya ${who} yardım ediyor. Seninle henüz konuşmadık.`,
  callFirst: 'Önce bir şey sormak istersen çekinmeden ara.',
  about: {
    netwerkberaad: () => 'Neye ihtiyaç olduğuna ve kimin ne yapabileceğine birlikte bakıyoruz.',
    'eigen-kracht': () => 'Aile ve arkadaşlar birlikte bir plan yapıyor. Bir süre uzmanlar olmadan kendi aralarında konuşuyorlar.',
    mdo: (resident) => `Görüşmeyi ${resident} yönetiyor ve neye ihtiyaç olduğunu anlatıyor.`,
    jim: (resident) => `Önemli olan, ${resident} ne istiyor ve buna kim yardım edebilir.`,
    netwerkplan: () => 'Toplantı yok. Ne yapmak istediğini sen söylersin, küçük bir şey de olabilir.',
  },
  part: {
    informal: (resident) => [`${resident} birlikte düşünmeni umuyor.`],
    professional: (resident) => [
      'İşinden bildiklerin ve yapabileceklerin için seni davet ediyoruz.',
      `Yalnızca izin verilen konuları konuşursun: buna ${resident} karar verir.`,
    ],
    'support-person': () => ['Birine destek olmak için geliyorsun. Senin bir söz vermen gerekmez.'],
    interpreter: () => ['Senden tercümanlık yapmanı rica ediyoruz. Duyduklarını kimseye anlatmazsın.'],
    jim: (resident) => [`${resident} seni JIM olarak seçti: güvendiği, birlikte düşünen ve yanında duran kişi.`],
    young: () => ['Sen de ne düşündüğünü söyleyebilirsin. Biri sana yardım eder.', 'İstemiyor musun? O da olur.'],
  },
  answer: { talk: 'Gelip gelemeyeceğini bize söyler misin?', plan: 'Katılmak isteyip istemediğini bize söyler misin?' },
  before: beforeDay,
  when: 'Ne zaman',
  choice: (number) => `Seçenek ${number}`,
  button: 'Cevabını ver',
  pageHint: PAGE_WAYS,
  sms: {
    talk: (resident) => `${resident} bir görüşmede senin de fikrini duymak istiyor. Cevabını sayfanda ver.`,
    plan: (resident) => `${resident} bir plan yapıyor ve katkını umuyor. Cevabını sayfanda ver.`,
    again: (resident) => `Daha önce sormuştuk: ${resident} fikrini duymak istiyor. Sayfanda cevap verir misin?`,
    young: (resident) => `${resident} ne düşündüğünü duymak istiyor. Sayfana bak. İstemezsen o da olur.`,
  },
};

const GROUNDS: Readonly<Record<string, string>> = {
  'public-task': 'İnsanlara bu konuda yardım etmek belediyenin görevidir.',
  jeugdwet: 'Bu, Gençlik Yasası (Jeugdwet) kapsamındaki yardımın parçasıdır.',
  wmo: 'Bu, Sosyal Destek Yasası (Wmo) kapsamındaki yardımın parçasıdır.',
  'legitimate-interest': 'Birlikte görüşebilmek için bu gereklidir.',
};

const named = (v: FirstNotice): string => `Adını ve sana nasıl ulaşabileceğimizi bize veren: ${v.givenBy}.`;
const kept = (v: FirstNotice): string[] => [
  `Neleri saklıyoruz? Adını, ${v.resident} için kim olduğunu, sana nasıl ulaştığımızı, verdiğin cevapları ve sözleri.`,
  `Buna neden iznimiz var? ${GROUNDS[v.ground] ?? GROUNDS['public-task']!}`,
  'Ne kadar süre? Katılmazsan ya da senden haber almazsak bilgilerini 28 gün içinde sileriz.',
  'Katılırsan en fazla 1 yıl saklarız.',
];

/** Turkish, for people of the circle and main persons. */
export const tr: CircleTexts = {
  templates: {
    invitation: invitationIn(invitation, dates),

    'meeting-poll': (v, about) => ({
      subject: 'Bir tarih seçer misin?',
      say: [
        v.resident
          ? `${v.resident} bir araya gelmek istiyor. Sen ne zaman gelebilirsin?`
          : 'Görüşmen için bir tarih arıyoruz. Sen ne zaman gelebilirsin?',
        'Her tarih için gelip gelemeyeceğini söyle. Bir dakika sürer.',
        before(v.answerBy),
      ],
      facts: v.slots.map((slot, i) => [`Seçenek ${i + 1}`, dates.span(slot)]),
      button: openPage(about, 'Ne zaman gelebileceğini seç'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: 'Görüşmeye ne zaman gelebilirsin? Sayfanda bir tarih seç.',
      smsUrl: about.link,
    }),

    'meeting-fixed': (v, about) => {
      const talk = v.review ? 'Yeniden bir araya geliyoruz' : 'Görüşmenin tarihi belli oldu';
      return {
        subject: v.movedFrom ? 'Randevu değişti' : 'Tarih belli oldu',
        say: [
          v.movedFrom
            ? `Şu randevu değişti: ${dates.moment(v.movedFrom)}. Yeni tarihte gelip gelemeyeceğine bakıp bize haber verir misin?`
            : `${talk}${v.resident ? `. ${v.resident} gelmeni umuyor` : ''}.`,
          'Yine de gelemeyecek misin? O zaman bize mümkün olduğunca çabuk haber ver.',
        ],
        facts: [['Ne zaman', dates.span(v)], ...(v.place ? [['Nerede', v.place] as [string, string]] : [])],
        button: openPage(about, 'Randevuya bak'),
        after: [pageHint(about), ...(about.hasCalendar ? ['Randevu ekte de var. Böylece takvimine koyabilirsin.'] : [])],
        notice: v.resident ? stopHint(about) : [],
        sms: `${v.movedFrom ? `Şu randevu değişti: ${dates.moment(v.movedFrom)}. Yeni` : talk}: ${dates.span(v)}.${v.place ? ` ${v.place}.` : ''}`,
        smsUrl: about.link,
      };
    },

    'meeting-cancelled': (v, about) => ({
      subject: v.startsAt ? 'Randevu iptal oldu' : 'Şimdilik tarih aramıyoruz',
      say: [
        off(v.startsAt),
        v.planStopped ? PLAN_STOPPED : 'Bir şey yapman gerekmez. Yeni bir tarih olursa sana haber veririz.',
      ],
      quote: v.reason ?? null,
      button: openPage(about, 'Sayfanı aç'),
      after: about.hasCalendar ? ['Ek sayesinde randevu takviminden de silinir.'] : [],
      notice: v.resident ? stopHint(about) : [],
      sms: `${off(v.startsAt)} ${v.planStopped ? PLAN_STOPPED : 'Yeni bir tarih olursa sana haber veririz.'}`,
    }),

    'meeting-left': (v, about) => ({
      subject: 'Randevu takviminden çıkıyor',
      say: v.left
        ? [`Şu randevuya katılmıyorsun: ${dates.moment(v.startsAt)}.`, 'Bir şey yapman gerekmez.']
        : [`Şu randevuya gelmiyorsun: ${dates.moment(v.startsAt)}.`, 'Yine de gelebilir misin? Bize haber ver. O zaman randevuyu yeniden göndeririz.'],
      button: openPage(about, 'Sayfanı aç'),
      after: about.hasCalendar ? ['Ek sayesinde randevu takviminden silinir.'] : [],
      sms: `Şu randevu takviminden çıkıyor: ${dates.moment(v.startsAt)}. Bir şey yapman gerekmez.`,
    }),

    'meeting-reminder': (v, about) => ({
      subject: 'Randevumuzu hatırlatmak isteriz',
      say: ['Yakında bir araya geliyoruz. Gelirsen seviniriz.', 'Yine de gelemeyecek misin? O zaman bize mümkün olduğunca çabuk haber ver.'],
      facts: [['Ne zaman', dates.span(v)], ...(v.place ? [['Nerede', v.place] as [string, string]] : [])],
      button: openPage(about, 'Randevuya bak'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: `Randevumuzu hatırlatmak isteriz: ${dates.span(v)}.${v.place ? ` ${v.place}.` : ''}`,
      smsUrl: about.link,
    }),

    'poll-reminder': (v, about) => ({
      subject: 'Hangi tarih sana uyar?',
      say: [v.resident ? `${v.resident} senin ne zaman gelebileceğini bilmek istiyor.` : 'Ne zaman gelebileceğini bilmek isteriz.', 'Her tarih için gelip gelemeyeceğini söyle. Hiçbiri uymuyorsa, bunu bilmek de işimize yarar.', `Şu tarihe kadar cevap verir misin: ${dates.moment(v.answerBy)}?`],
      facts: v.slots.map((slot, i) => [`${i + 1}. seçenek`, dates.span(slot)]),
      button: openPage(about, 'Ne zaman gelebileceğini seç'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: `Ne zaman gelebileceğini bilmek isteriz. Sayfanda bir tarih seç. Son gün: ${dates.moment(v.answerBy)}.`,
      smsUrl: about.link,
    }),

    'personal-link': (v, about) => ({
      subject: 'Kendi sayfanın bağlantısı',
      say: [
        'İşte kendi sayfanın bağlantısı. Orada senden ne istendiğini görür ve cevabını verirsin.',
        'Bağlantı yalnızca senin için. Başkasına gönderme.',
        ...(about.linkEndsAt ? [`Şu güne kadar çalışır: ${dates.day(about.linkEndsAt)}. Daha önce aldığın bağlantı artık çalışmaz.`] : []),
      ],
      button: openPage(about, 'Sayfanı aç'),
      after: [pageHint(about)],
      notice: ['Bunu sen istemedin mi? O zaman bir şey yapman gerekmez.', ...(v.isMainPerson ? [] : stopHint(about))],
      sms: 'İşte kendi sayfanın bağlantısı. Yalnızca senin için.',
      smsUrl: about.link,
    }),

    'device-code': (v) => ({
      subject: 'Kodun',
      say: [
        `Kodun: ${v.code}.`,
        `Kodu sayfana yaz. Şu zamana kadar çalışır: ${dates.moment(v.expiresAt)}.`,
        'Bu kodu kimseye verme, biri arayıp sorsa bile.',
      ],
      notice: ['Bunu sen istemedin mi? O zaman bir şey yapman gerekmez.'],
      sms: `Kodun: ${v.code}. Sayfana yaz. Kimseye verme.`,
    }),

    'plan-goes': (v, about) => ({
      subject: 'Bir şey saklamak ister misin?',
      say: [
        `Şu günden sonra görüşmelerinden hiçbir şey saklamıyoruz: ${dates.day(v.goesOn)}. Sayfanı da siliyoruz.`,
        'Anlaştıklarınızı saklamak ister misin? O günden önce sayfanı aç ve kaydet ya da yazdır.',
      ],
      button: openPage(about, 'Sayfanı aç'),
      after: [pageHint(about), 'Saklamak istediğin bir şey yok mu? O zaman bir şey yapman gerekmez.'],
      sms: `Sayfanı şu gün siliyoruz: ${dates.day(v.goesOn)}. Anlaştıklarınızı o günden önce kaydet. Bağlantı yok mu? Bizi ara.`,
      smsUrl: about.link,
    }),

    'condition-test': (v, about) => ({
      subject: 'Bir şeye bakar mısın?',
      say: ['Sayfanda bakman için bir şey hazır: böyle doğru mu, yoksa başka bir şey gerekli mi?', `Şu günün sonuna kadar bakar mısın: ${dates.day(v.testBy)}? Başkaları cevabını bekliyor.`],
      button: openPage(about, 'Sayfanda bak'),
      after: [pageHint(about)],
      notice: stopHint(about),
      sms: `Sayfanda bakman için bir şey hazır. Şu günün sonuna kadar bakar mısın: ${dates.day(v.testBy)}?`,
      smsUrl: about.link,
    }),

    'plan-returned': (v, about) => ({
      subject: 'Birlikte bir kez daha bakıyoruz',
      say: ['Planınız size bir kez daha geri geliyor. Devam etmeden önce bir şey daha gerekli.', 'Birlikte düşündükleriniz kalır. Neyin gerekli olduğunu sayfanda okuyabilirsin.'],
      button: openPage(about, 'Neyin gerekli olduğunu oku'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'Planınız bir kez daha geri geliyor: bir şey daha gerekli. Sayfanda okuyabilirsin.',
      smsUrl: about.link,
    }),

    'plan-stopped': () => ({ subject: 'Plan durdu', say: [PLAN_STOPPED], after: ['Artık bir şey yapman gerekmez.'], sms: PLAN_STOPPED }),

    handover: (v, about) => ({
      subject: 'Yeni bir görüşeceğin kişi var',
      say: [
        `Bundan sonra seninle ${v.facilitator} ilgilenecek. Önceki kişi: ${v.before}.`,
        v.isMainPerson
          ? `Görüşmelerini artık ${v.facilitator} yönetiyor. Anlattıklarını yeniden anlatman gerekmez.`
          : `Görüşmeyi artık ${v.facilitator} düzenliyor. Var olan randevular aynı kalır.`,
        ...(v.isMainPerson ? ['Başka birini mi istersin? Söyleyebilirsin. Bizi ara ya da sayfanda aranmak istediğini yaz.'] : []),
      ],
      button: openPage(about, 'Sayfanı aç'),
      after: ['Şimdi bir şey yapman gerekmez.'],
      notice: !v.isMainPerson && about.link ? [stop] : [],
      sms: `Bundan sonra seninle ${v.facilitator} ilgilenecek. Önceki kişi: ${v.before}.`,
      smsUrl: about.link,
    }),

    'chair-asked': chairAskedIn(chairAsked, dates.moment, { openPage, pageHint, stopHint }),
    'private-time-open': privateTimeOpenIn(privateTimeOpen, { openPage, pageHint }),
    'marks-asked': (v, about) => ({
      subject: v.closed ? 'Teşekkür ederiz' : 'Senin için nasıldı?',
      say: [
        v.closed ? 'Birlikte yaptıklarımızın sonuna geldik. Katıldığın için teşekkür ederiz.' : 'Bir araya geldik. Katıldığın için teşekkür ederiz.',
        ...left(v.left),
        'Sayfanda iki not verir misin, istersen bir cümle de yazar mısın? Bir dakika sürer. İstemezsen o da olur.',
      ],
      button: openPage(about, 'Notlarını ver'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: `${v.closed ? 'Birlikte yaptıklarımızın sonuna geldik.' : 'Bir araya geldik.'} Teşekkür ederiz! Sayfanda iki not verir misin? İstemezsen o da olur.${left(v.left).map((sentence) => ` ${sentence}`).join('')}`,
      smsUrl: about.link,
    }),

    'check-in': (v, about) => ({
      subject: 'Nasıl gidiyor?',
      say: [
        v.count === 1 ? 'Bir şey yapmak için söz verdin. Nasıl gidiyor?' : `${v.count} şey yapmak için söz verdin. Nasıl gidiyor?`,
        'Sayfanda tek dokunuşla söyleyebilirsin: yaptım, yapıyorum, takıldım ya da geri veriyorum. Her cevap olur.',
      ],
      button: openPage(about, 'Nasıl gittiğini söyle'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'Söz verdiğin şey nasıl gidiyor? Sayfanda söyle ya da ara. Her cevap olur.',
      smsUrl: about.link,
    }),

    'promise-asked': (v, about) => ({
      subject: 'Bir şey yapmak ister misin?',
      say: [
        v.resident ? `${v.resident}, planda senin de bir şey yapmak isteyeceğini umuyor.` : 'Planında belki senin yapmak isteyeceğin bir şey var.',
        `Ne olduğunu sayfanda okuyabilirsin. ${v.count === 1 ? 'Evet' : 'Her biri için evet'} ya da hayır diyebilirsin. İkisi de olur.`,
      ],
      button: openPage(about, 'Soruyu oku'),
      after: [pageHint(about)],
      notice: v.resident ? stopHint(about) : [],
      sms: 'Bir şey yapmak ister misin? Ne olduğunu sayfanda oku. Evet ya da hayır de. İkisi de olur.',
      smsUrl: about.link,
    }),

    'plan-carried': (v, about) => ({
      subject: 'Kararlaştırdıklarımız',
      say: [
        v.isMainPerson ? 'Plan hazır. Sayfanda okuyabilirsin.' : 'Plan hazır. Senin ne yapacağını sayfanda okuyabilirsin.',
        'Sesli okutabilir ya da yazdırmak için saklayabilirsin.',
        'Bir şey olmuyor mu? Sorun değil. Bize bildir, birlikte bakarız.',
      ],
      button: openPage(about, v.isMainPerson ? 'Planı oku' : 'Ne yapacağımı oku'),
      after: [pageHint(about)],
      notice: v.isMainPerson ? [] : stopHint(about),
      sms: 'Kararlaştırdıklarımızı yazdık. Sayfanda okuyabilirsin.',
      smsUrl: about.link,
    }),

    'director-text': (_, about) => ({
      subject: 'Bir metni okur musun?',
      say: [
        'Sayfanda senin için bir metin var. Bunu yardım edebilecek birine göndermek istiyoruz. Adın içinde geçmiyor.',
        'Önce oku. Gidebilir mi, yoksa gitmesin mi, söyle. İkisi de olur. Sen evet demeden gitmez.',
      ],
      button: openPage(about, 'Metni oku'),
      after: [pageHint(about)],
      sms: 'Sayfanda senin için bir metin var. Oku ve gidebilir mi, yoksa gitmesin mi, söyle.',
      smsUrl: about.link,
    }),

    'referral-received': (v, about) => ({
      subject: 'Sorun bize ulaştı',
      say: [
        `Sorunu aldık: ${dates.moment(v.receivedAt)}.`,
        v.acute
          ? 'Acele olduğunu yazdın. Şimdi bununla ilgilenecek birini arıyoruz. Kim olduğunu en kısa sürede duyarsın.'
          : '2 iş günü içinde bakarız. Sonra kimin ilgileneceğini duyarsın.',
        ...(v.self ? ['Önce seninle konuşuruz. O zamana kadar başka kimseyle iletişime geçmeyiz.'] : []),
        ...(v.acute ? ['Hemen tehlike mi var? 112’yi ara.'] : []),
      ],
      after: ['Şimdi bir şey yapman gerekmez.'],
      notice: [`Bu mesajı bize bir şey sorduğun için alıyorsun (${about.organisation}). Doğru değil mi? Bize bildir.`],
      sms: v.acute
        ? 'Sorun bize ulaştı. Şimdi ilgilenecek birini arıyoruz. Hemen tehlike mi var? 112’yi ara.'
        : 'Sorun bize ulaştı. 2 iş günü içinde bakarız.',
    }),

    'referral-accepted': (v) => ({
      subject: 'Sorunla ilgilenen biri var',
      say: [`Sorunla ${v.facilitator} ilgileniyor (${dates.moment(v.acceptedAt)}).`, '2 iş günü içinde seninle iletişime geçecek.'],
      after: ['Şimdi bir şey yapman gerekmez.'],
      sms: `Sorunla ${v.facilitator} ilgileniyor ve 2 iş günü içinde seninle iletişime geçecek.`,
    }),

    'referral-declined': (v) => ({
      subject: 'Sorun hakkında',
      say: ['Sorunla ilgilenemiyoruz.', v.reason],
      quote: v.remark ?? null,
      after: ['Bunun hakkında konuşmak ister misin? Çekinmeden ara. Neyin mümkün olduğunu birlikte düşünürüz.'],
      sms: `Sorunla ilgilenemiyoruz. ${v.reason} Konuşmak istersen çekinmeden ara.`,
    }),

    'information-requested': (v, about) => ({
      subject: 'Bir sorumuz daha var',
      say: [`Sorun üzerinde çalışıyoruz (${about.organisation}).`, 'Devam edebilmek için bir şey daha bilmek istiyoruz:'],
      quote: v.question,
      button: v.url ? { label: 'Cevabını ver', url: v.url } : null,
      after: [v.url ? 'Bir hafta içinde cevap verirsen çok iyi olur.' : 'Bizi arar mısın? Bir hafta içinde ararsan çok iyi olur.'],
      sms: `Sana bir sorumuz daha var (${about.organisation}).${v.url ? '' : ' Bizi arar mısın?'}`,
      smsUrl: v.url,
    }),
  },

  layout: {
    letter: {
      tick: 'Sana uyanı işaretle',
      comes: 'Katılıyorum',
      comesNot: 'Katılmamayı tercih ederim',
      can: 'Şu zaman gelebilirim',
      none: 'Bu günlerin hiçbirinde gelemem',
      strip: 'Bu parçayı kes, geri gönder ya da ver. Ya da ara ve seçimini söyle.',
      name: 'Ad',
      remark: 'Eklemek istediğin bir şey var mı?',
    },
    hello: (name) => (name ? `Merhaba ${name},` : 'Merhaba,'),
    call: (who, phone) => `Soruların mı var? Ara: ${who}, ${phone}.`,
    greetings: 'Selamlar,',
    textMessage: (said, who, phone) => `${said} ${phone ? `Sorular: ${phone}. ` : ''}Selamlar, ${who}.`,
    signed: (facilitator, organisation) => (facilitator ? [facilitator, organisation] : [organisation]),
  },

  first: {
    facilitator: 'Görüşmeyi düzenleyen kişi',
    notice: (v) => [
      `Bu mesajı neden alıyorsun? ${named(v)}`,
      ...kept(v),
      'İstemiyor musun? Sayfanda ‘haal mij weg’ (beni çıkar) düğmesine dokun. Bilgilerini sileriz ve bizden bir daha haber almazsın.',
    ],
    byHand: (v) => [
      `Adını nereden biliyoruz? ${named(v)}`,
      ...kept(v),
      'İstemiyor musun? Söyle ya da bizi ara. Bilgilerini sileriz ve bizden bir daha haber almazsın.',
    ],
    sms: (v) => `Numaranı bize veren: ${v.givenBy}. Sayfanda ne sakladığımızı okur ve kendini çıkarabilirsin.`,
  },
};
