// post: sends many small POSTs from many people and notes what each was told.
//
//   post --ports 8002 --plan FILE --tokens FILE --cookie hall-1 --secs 10 --out FILE [--patient]
//
// A line of the plan is `PERSON PATH BODY`: the person's credential is that line of the tokens. Requests are due evenly over SECS, each on
// a connection of its own, and time counts from when one was due, so that a server that falls behind does not look quick. --patient: who
// gets no answer, or 503, asks the same again after half a second or so, as the hall's page does, for a minute at most.
// A line of the output is `CODE TRIES DUE LATENCY BODY` (microseconds), in the order of the plan; CODE 0: never answered.
#include "common.h"

#define ROOM 4096
typedef struct { char *person, *path, *body; uint64_t due, again; uint32_t latency; int code, tries; char told[400]; } request_t;
typedef struct { int fd, connecting, length; long request; uint64_t since; char b[ROOM]; } slot_t;

static request_t *requests; static long n, answered;
static slot_t *slots; static int nslots = 4000, *idle, nidle, ep, patient;
static uint64_t began;

static void free_slot(slot_t *s) { close(s->fd); s->fd = -1; idle[nidle++] = s - slots; }

static long waiting_again[1 << 17]; static int nagain;
static void settle(slot_t *s, int code, const char *body, int length) {
    request_t *r = &requests[s->request]; uint64_t now = now_us();
    int again = patient && (code == 0 || code == 503) && now < r->due + 60000000 && nagain < 1 << 17;
    if (again) { r->again = now + 400000 + (s->request * 7919) % 400000; waiting_again[nagain++] = s->request; }
    else {
        r->code = code; r->latency = now > r->due ? now - r->due : 0; answered++;
        if (length > (int)sizeof r->told - 1) length = sizeof r->told - 1;
        memcpy(r->told, body, length); r->told[length] = 0;
    }
    free_slot(s);
}

static void start(long at) {
    slot_t *s = &slots[idle[--nidle]];
    s->request = at; s->length = 0; s->connecting = 1; s->since = now_us(); requests[at].tries++;
    s->fd = start_socket(at + requests[at].tries, 0);
    if (s->fd < 0) { s->fd = -1; s->fd = dup(0); settle(s, 0, "", 0); return; }
    struct epoll_event e = {.events = EPOLLOUT, .data.ptr = s}; epoll_ctl(ep, EPOLL_CTL_ADD, s->fd, &e);
}

static void send_request(slot_t *s) {
    request_t *r = &requests[s->request]; char h[ROOM];
    int k = snprintf(h, sizeof h, "POST %s HTTP/1.1\r\nHost: hall.example\r\n" AGENT "Accept: */*\r\nCookie: %s=%s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
                     r->path, cookie, tokens[atol(r->person) % ntokens], strlen(r->body), r->body);
    if (send(s->fd, h, k, MSG_NOSIGNAL) != k) settle(s, 0, "", 0);
}

static void readable(slot_t *s) {
    ssize_t k = recv(s->fd, s->b + s->length, ROOM - 1 - s->length, 0);
    if (k < 0 && errno == EAGAIN) return;
    if (k <= 0) { settle(s, 0, "", 0); return; }
    s->length += k; s->b[s->length] = 0;
    char *head = strstr(s->b, "\r\n\r\n"), *size = strcasestr(s->b, "content-length:");
    if (!head) return;
    int length = size && size < head ? atoi(size + 15) : 0;
    if (s->b + s->length >= head + 4 + length) settle(s, atoi(s->b + 9), head + 4, length);
}

static void run(double seconds) {
    long next = 0; struct epoll_event happened[256]; uint64_t looked = 0;
    began = now_us();
    for (long i = 0; i < n; i++) requests[i].due = began + (uint64_t)(seconds * 1e6 * i / n);
    while (answered < n) {
        uint64_t now = now_us();
        while (next < n && nidle && requests[next].due <= now) start(next++);
        for (int i = 0; i < nagain && nidle; i++)
            if (requests[waiting_again[i]].again <= now) { long at = waiting_again[i]; waiting_again[i--] = waiting_again[--nagain]; start(at); }
        int k = epoll_wait(ep, happened, 256, 1);
        for (int i = 0; i < k; i++) {
            slot_t *s = happened[i].data.ptr;
            if (s->fd < 0) continue;
            if (!s->connecting) { readable(s); continue; }
            s->connecting = 0;
            if (failed_to_connect(s->fd)) { settle(s, 0, "", 0); continue; }
            struct epoll_event e = {.events = EPOLLIN, .data.ptr = s}; epoll_ctl(ep, EPOLL_CTL_MOD, s->fd, &e);
            send_request(s);
        }
        if (now - looked > 1000000) {  // thirty seconds without an answer are none
            looked = now;
            for (int i = 0; i < nslots; i++) if (slots[i].fd >= 0 && slots[i].since + 30000000 < now) settle(&slots[i], 0, "", 0);
        }
    }
}

int main(int argc, char **argv) {
    const char *out = NULL; char **plan = NULL; double seconds = 10;
    for (int i = 1; i < argc; i++) {
        char *o = argv[i];
        if (!strcmp(o, "--patient")) { patient = 1; continue; }
        char *v = ++i < argc ? argv[i] : (fprintf(stderr, "%s?\n", o), exit(2), "");
        if (!strcmp(o, "--ports")) read_ports(v);
        else if (!strcmp(o, "--plan")) plan = read_lines(v, &n);
        else if (!strcmp(o, "--tokens")) tokens = read_lines(v, &ntokens);
        else if (!strcmp(o, "--cookie")) cookie = v;
        else if (!strcmp(o, "--secs")) seconds = atof(v);
        else if (!strcmp(o, "--out")) out = v;
        else { fprintf(stderr, "%s?\n", o); return 2; }
    }
    if (!nports || !plan || !tokens || !out) return 2;
    as_many_descriptors_as_allowed();
    requests = calloc(n, sizeof *requests);
    for (long i = 0; i < n; i++) { requests[i].person = strtok(plan[i], " "); requests[i].path = strtok(NULL, " "); requests[i].body = strtok(NULL, ""); }
    slots = calloc(nslots, sizeof *slots); idle = malloc(nslots * sizeof *idle);
    for (int i = 0; i < nslots; i++) { slots[i].fd = -1; idle[nidle++] = i; }
    ep = epoll_create1(0);
    run(seconds);
    FILE *f = fopen(out, "w"); if (!f) die(out);
    for (long i = 0; i < n; i++) fprintf(f, "%d %d %lu %u %s\n", requests[i].code, requests[i].tries, (unsigned long)requests[i].due, requests[i].latency, requests[i].told);
    return fclose(f) ? 1 : 0;
}
