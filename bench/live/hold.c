// hold: keeps many long lines (SSE, or NATS over WebSocket) open and notes when each client has each frame.
//
//   hold --ports 8000[,8001] --path /hall/1/stream --conns 24000 --procs 2 --tokens FILE --cookie hall-1 [--nats] [--tls] [--deaf 5]
//
// Each connection shows a credential of its own: line n of FILE. A frame is `data: {"v":N,…`; frames must come to every client exactly
// once and in order, and where the server names them by number (`id: N`) the two must agree. A client that is cut comes back after the
// `retry:` it was given, saying `Last-Event-ID`, as a browser does. Commands on stdin, one line of JSON in answer to each:
//   open N SECS       wait until N are open                   stat            counters
//   wait V N SECS     wait until N clients have frame V       seq V T         when it came, microseconds after the instant T
//   check A B         who has every frame of A..B             drop SECS       cut all; they come back spread over SECS
//   back N SECS       wait until N have come back             quit
#include "common.h"
#include <openssl/err.h>
#include <openssl/ssl.h>

#define MOST_FRAMES 4096
#define MOST_PROCS 16
#define LINE 63
enum { IDLE, CONNECTING, SHAKING, ASKING, OPEN, GIVEN_UP };

static int nconns = 1000, nprocs = 1, most_under_way = 256, use_tls, use_nats, deaf;
static const char *path = "/";
static SSL_CTX *tls;

typedef struct {  // one a process, written by that process alone
    volatile uint64_t open, failed, refused, cut, frames, snapshots, merged, gaps, doubles, disagree, bytes, back, last_open, cutting;
    volatile uint32_t got[MOST_FRAMES];
    volatile int done; char apart[64];
} counts_t;
typedef struct { volatile int number; volatile double seconds; uint64_t began; counts_t of[MOST_PROCS]; } shared_t;
static shared_t *shared;
static uint32_t *arrived;  // [frame][client]: microseconds since the beginning, 0 = not
static uint32_t *returned; // [client]: microseconds from being cut (or due) to being open again

typedef struct {
    SSL *ssl; uint64_t due, again; int fd, gid;  // due: since when it is missed, 0 when it is not
    uint32_t last, v, retry; uint8_t state, was_open, is_snapshot, has_data, length, idlen;
    char line[LINE + 1], id[40], coming[40];
} client_t;

static counts_t *mine; static client_t *clients; static int nmine, under_way, ep;

static void watch(client_t *c, uint32_t events, int how) { struct epoll_event e = {.events = events, .data.ptr = c}; epoll_ctl(ep, how, c->fd, &e); }

static ssize_t receive(client_t *c, char *b, size_t n) {
    if (!c->ssl) return recv(c->fd, b, n, 0);
    int r = SSL_read(c->ssl, b, n);
    if (r > 0) return r;
    int e = SSL_get_error(c->ssl, r);
    if (e == SSL_ERROR_WANT_READ || e == SSL_ERROR_WANT_WRITE) { errno = EAGAIN; return -1; }
    ERR_clear_error(); errno = ECONNRESET;
    return e == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}
static void give(client_t *c, const char *b, size_t n) { if (c->ssl) SSL_write(c->ssl, b, n); else if (send(c->fd, b, n, MSG_NOSIGNAL) < 0) {} }

static void ask(client_t *c) {
    char b[2048]; int n = snprintf(b, sizeof b, "GET %s HTTP/1.1\r\nHost: hall.example\r\n" AGENT "Cookie: %s=%s\r\n", path, cookie, tokens ? tokens[c->gid % ntokens] : "");
    if (use_nats) n += snprintf(b + n, sizeof b - n, "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    else n += snprintf(b + n, sizeof b - n, "Accept: text/event-stream\r\nCache-Control: no-cache\r\nConnection: keep-alive\r\n");
    if (c->idlen) n += snprintf(b + n, sizeof b - n, "Last-Event-ID: %.*s\r\n", c->idlen, c->id);
    n += snprintf(b + n, sizeof b - n, "\r\n");
    give(c, b, n);
}
static void give_websocket(client_t *c, const char *text) {
    size_t n = strlen(text), h = 6; char f[256] = {(char)0x82, (char)(0x80 | n)};  // a mask of zeros leaves the text as it is
    if (n >= 126) { f[1] = (char)(0x80 | 126); f[2] = n >> 8; f[3] = n; h = 8; }
    memcpy(f + h, text, n); give(c, f, h + n);
}

static void begin(client_t *c) {
    c->length = c->has_data = c->is_snapshot = 0; c->coming[0] = 0;
    c->fd = start_socket(c->gid, c->gid < deaf ? 4096 : 0);
    if (c->fd < 0) { mine->failed++; c->state = GIVEN_UP; return; }
    c->state = CONNECTING; under_way++;
    watch(c, EPOLLOUT, EPOLL_CTL_ADD);
}
static void end(client_t *c) {
    if (c->state == IDLE || c->state == GIVEN_UP) return;
    if (c->state == OPEN) mine->open--; else under_way--;
    if (c->ssl) { SSL_free(c->ssl); c->ssl = NULL; }
    close(c->fd); c->fd = -1; c->state = IDLE;
}
static void lost(client_t *c) {  // a browser tries again after `retry`, until it succeeds
    uint64_t now = now_us();
    if (c->state == OPEN) { mine->cut++; c->due = now; } else mine->failed++;
    end(c);
    if (c->was_open) c->again = now + 1000 * (c->retry ? c->retry : 3000); else c->state = GIVEN_UP;
}
static void opened(client_t *c) {
    uint64_t now = now_us();
    under_way--; mine->open++; mine->last_open = now;
    c->state = OPEN; c->was_open = 1; c->length = c->has_data = 0;
    if (c->due) { returned[c->gid] = now - c->due + 1; c->due = 0; mine->back++; }
    if (c->gid < deaf) watch(c, 0, EPOLL_CTL_MOD);
}

static void frame(client_t *c, uint32_t v, int is_snapshot) {
    if (is_snapshot) {
        mine->snapshots++;
        if (v < c->last) mine->disagree++;
        if (c->last && v > c->last) mine->merged += v - c->last;
        c->last = v; return;
    }
    mine->frames++;
    if (c->last && v <= c->last) { mine->doubles++; return; }
    if (c->last && v > c->last + 1) mine->gaps += v - c->last - 1;
    c->last = v;
    if (v < MOST_FRAMES) { arrived[(size_t)v * nconns + c->gid] = now_us() - shared->began; mine->got[v]++; }
}
static void line(client_t *c, const char *l, int n) {
    if (n && l[n - 1] == '\r') n--;
    if (!n) {
        if (c->has_data) {
            if (c->coming[0]) { c->idlen = strlen(c->coming); memcpy(c->id, c->coming, c->idlen); }
            uint32_t v = c->has_data == 2 ? c->v : 0;
            if (v && c->coming[0] && !strchr(c->coming, ':') && strtoul(c->coming, NULL, 10) != v) mine->disagree++;
            if (v || c->is_snapshot) frame(c, v, c->is_snapshot);
        }
        c->has_data = c->is_snapshot = 0; c->coming[0] = 0;
    } else if (n > 4 && !memcmp(l, "id: ", 4)) { int k = n - 4 < 39 ? n - 4 : 39; memcpy(c->coming, l + 4, k); c->coming[k] = 0; }
    else if (n > 6 && !memcmp(l, "data: ", 6)) { c->has_data = n > 11 && !memcmp(l + 6, "{\"v\":", 5) ? 2 : 1; if (c->has_data == 2) c->v = strtoul(l + 11, NULL, 10); }
    else if (n >= 15 && !memcmp(l, "event: snapshot", 15)) c->is_snapshot = 1;
    else if (n > 7 && !memcmp(l, "retry: ", 7)) c->retry = strtoul(l + 7, NULL, 10);
}
static void take_events(client_t *c, char *p, char *e) {  // only the first LINE bytes of a line are looked at
    while (p < e) {
        char *nl = memchr(p, '\n', e - p); int n = (nl ? nl : e) - p, room = LINE - c->length;
        if (nl && !c->length) { char keep = *nl; *nl = 0; line(c, p, n < LINE ? n : LINE); *nl = keep; }
        else {
            int k = n < room ? n : room; memcpy(c->line + c->length, p, k); c->length += k; c->line[c->length] = 0;
            if (nl) { line(c, c->line, c->length); c->length = 0; }
        }
        if (!nl) return;
        p = nl + 1;
    }
}
static void take_messages(client_t *c, char *p, char *e) {  // NATS: the number of each message, and its signs of life
    char b[70000]; memcpy(b, c->line, c->length); memcpy(b + c->length, p, e - p); char *end = b + c->length + (e - p), *at = b, *done = b;
    while ((at = memmem(at, end - at, "{\"v\":", 5)) && end - at > 16) { frame(c, strtoul(at + 5, NULL, 10), 0); at += 5; done = at; }
    if (memmem(done, end - done, "PING\r\n", 6)) { give_websocket(c, "PONG\r\n"); done = end; }
    int left = end - done < LINE ? end - done : LINE; memcpy(c->line, end - left, left); c->length = left;
}

static char b[1 << 16];
static void readable(client_t *c) {
    for (;;) {
        int kept = c->state == ASKING ? c->length : 0;
        if (kept) memcpy(b, c->line, kept);
        ssize_t n = receive(c, b + kept, sizeof b - kept - 1);
        if (n == 0 || (n < 0 && errno != EAGAIN)) { lost(c); return; }
        if (n < 0) return;
        mine->bytes += n;
        char *e = b + kept + n, *p = b;
        if (c->state == ASKING && !c->has_data) {
            if (e - b >= 12 && !memcmp(b, "HTTP/1.1 ", 9) && b[9] != '1' && b[9] != '2') { mine->refused++; lost(c); return; }
            char *head = memmem(b, e - b, "\r\n\r\n", 4);
            if (!head) { int left = e - b < LINE ? e - b : LINE; memcpy(c->line, e - left, left); c->length = left; continue; }
            c->length = 0; p = head + 4;
            if (!use_nats) opened(c);
            else { c->has_data = 1; give_websocket(c, "CONNECT {\"verbose\":false,\"pedantic\":false,\"protocol\":1}\r\nSUB hall 1\r\nPING\r\n"); }
        }
        if (c->state == OPEN) { if (use_nats) take_messages(c, p, e); else take_events(c, p, e); }
        else if (use_nats) {
            if (memmem(p, e - p, "PONG", 4)) { c->length = 0; opened(c); }
            else { int left = e - p < 16 ? e - p : 16; memmove(c->line, e - left, left); c->length = left; }
        }
        if (c->gid < deaf && c->state == OPEN) return;
        if (!c->ssl) return;
    }
}
static void event(client_t *c, uint32_t events) {
    if (c->state == CONNECTING) {
        if (failed_to_connect(c->fd)) { lost(c); return; }
        if (use_tls) { c->ssl = SSL_new(tls); SSL_set_fd(c->ssl, c->fd); SSL_set_connect_state(c->ssl); c->state = SHAKING; }
        else { c->state = ASKING; watch(c, EPOLLIN, EPOLL_CTL_MOD); ask(c); return; }
    }
    if (c->state == SHAKING) {
        int r = SSL_do_handshake(c->ssl), e = r == 1 ? 0 : SSL_get_error(c->ssl, r);
        if (r == 1) { c->state = ASKING; watch(c, EPOLLIN, EPOLL_CTL_MOD); ask(c); }
        else if (e == SSL_ERROR_WANT_READ) watch(c, EPOLLIN, EPOLL_CTL_MOD);
        else if (e == SSL_ERROR_WANT_WRITE) watch(c, EPOLLOUT, EPOLL_CTL_MOD);
        else { ERR_clear_error(); lost(c); }
    } else if (c->state == ASKING || c->state == OPEN) {
        if (c->gid < deaf && c->state == OPEN) { if (events & (EPOLLHUP | EPOLLERR)) lost(c); }
        else readable(c);
    }
}

static void process(int k) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    mine = &shared->of[k];
    nmine = nconns / nprocs + (k < nconns % nprocs);
    clients = calloc(nmine, sizeof *clients);
    for (int i = 0; i < nmine; i++) { clients[i].gid = i * nprocs + k; clients[i].fd = -1; }
    ep = epoll_create1(0);
    struct epoll_event happened[512]; int next = 0, heard = 0; uint64_t swept = 0;
    for (;;) {
        while (next < nmine && under_way < most_under_way) begin(&clients[next++]);
        int n = epoll_wait(ep, happened, 512, next < nmine ? 1 : 5);
        for (int i = 0; i < n; i++) event(happened[i].data.ptr, happened[i].events);
        uint64_t now = now_us();
        if (shared->number != heard) {
            for (int i = 0; i < nmine; i++) { end(&clients[i]); clients[i].state = IDLE; clients[i].was_open = 1; }
            mine->cutting = now_us() - now; now += mine->cutting;  // our own work: who is cut cannot ask before it is done
            for (int i = 0; i < nmine; i++) clients[i].due = clients[i].again = now + (uint64_t)(shared->seconds * 1e6 * i / nmine);
            mine->back = 0; next = nmine; heard = shared->number; mine->done = heard;
        }
        if (next >= nmine && now - swept > 2000) {  // who is due comes back
            swept = now;
            for (int i = 0; i < nmine; i++) {
                client_t *c = &clients[i];
                if (c->state == IDLE && c->was_open && under_way < most_under_way && c->again <= now) begin(c);
            }
        }
    }
}

static uint64_t sum(size_t offset) { uint64_t s = 0; for (int k = 0; k < nprocs; k++) s += *(volatile uint64_t *)((char *)&shared->of[k] + offset); return s; }
#define SUM(what) ((unsigned long)sum(offsetof(counts_t, what)))
static uint32_t got(int v) { uint32_t s = 0; for (int k = 0; k < nprocs; k++) s += shared->of[k].got[v]; return s; }
#define UNTIL(what, secs) for (uint64_t until = now_us() + (uint64_t)((secs) * 1e6); now_us() < until && !(what);) usleep(2000)

static void counters(void) {
    printf("{\"open\":%lu,\"failed\":%lu,\"refused\":%lu,\"cut\":%lu,\"frames\":%lu,\"snapshots\":%lu,\"merged\":%lu,\"gaps\":%lu,\"doubles\":%lu,\"disagree\":%lu,\"bytes\":%lu}\n",
           SUM(open), SUM(failed), SUM(refused), SUM(cut), SUM(frames), SUM(snapshots), SUM(merged), SUM(gaps), SUM(doubles), SUM(disagree), SUM(bytes));
}
static void command(char *text) {
    static uint32_t *v; if (!v) v = malloc((size_t)nconns * 4);
    int a = 0, z = 0; double secs = 0; unsigned long long at = 0;
    if (sscanf(text, "open %d %lf", &a, &secs) == 2) {
        UNTIL(SUM(open) >= (unsigned long)a || SUM(open) + SUM(failed) >= (unsigned long)nconns, secs);
        uint64_t last = 0; for (int k = 0; k < nprocs; k++) if (shared->of[k].last_open > last) last = shared->of[k].last_open;
        printf("{\"open\":%lu,\"failed\":%lu,\"refused\":%lu,\"seconds\":%.3f}\n", SUM(open), SUM(failed), SUM(refused), last ? (last - shared->began) / 1e6 : 0);
    } else if (!strncmp(text, "stat", 4)) counters();
    else if (sscanf(text, "wait %d %d %lf", &a, &z, &secs) == 3) {
        UNTIL(got(a) >= (uint32_t)z, secs);
        printf("{\"n\":%u}\n", got(a));
    } else if (sscanf(text, "seq %d %llu", &a, &at) == 2) {
        int n = 0; int64_t shift = (int64_t)shared->began - (int64_t)at;
        for (int i = 0; i < nconns; i++) { uint32_t x = arrived[(size_t)a * nconns + i]; if (x) { int64_t d = x + shift; v[n++] = d > 0 ? d : 0; } }
        qsort(v, n, 4, by_size);
        printf("{\"n\":%d,\"first\":%u,\"p50\":%u,\"p99\":%u,\"last\":%u}\n", n, part(v, n, 0), part(v, n, .5), part(v, n, .99), n ? v[n - 1] : 0);
    } else if (sscanf(text, "check %d %d", &a, &z) == 2) {
        int whole = 0; long missing = 0;
        for (int i = deaf; i < nconns; i++) { int lacks = 0; for (int f = a; f <= z; f++) lacks += !arrived[(size_t)f * nconns + i]; missing += lacks; whole += !lacks; }
        printf("{\"whole\":%d,\"of\":%d,\"missing\":%ld,\"gaps\":%lu,\"doubles\":%lu,\"disagree\":%lu}\n", whole, nconns - deaf, missing, SUM(gaps), SUM(doubles), SUM(disagree));
    } else if (sscanf(text, "drop %lf", &secs) == 1) {
        shared->seconds = secs; shared->number++;
        for (int k = 0; k < nprocs; k++) while (shared->of[k].done != shared->number) usleep(1000);
        uint64_t longest = 0; for (int k = 0; k < nprocs; k++) if (shared->of[k].cutting > longest) longest = shared->of[k].cutting;
        printf("{\"cutting\":%lu}\n", (unsigned long)longest);
    } else if (sscanf(text, "back %d %lf", &a, &secs) == 2) {
        UNTIL(SUM(back) >= (unsigned long)a, secs);
        int n = 0; for (int i = 0; i < nconns; i++) if (returned[i]) v[n++] = returned[i];
        qsort(v, n, 4, by_size);
        printf("{\"back\":%lu,\"open\":%lu,\"p50\":%u,\"p99\":%u,\"last\":%u}\n", SUM(back), SUM(open), part(v, n, .5), part(v, n, .99), n ? v[n - 1] : 0);
    } else printf("{\"error\":\"?\"}\n");
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        char *o = argv[i];
        if (!strcmp(o, "--tls")) { use_tls = 1; continue; }
        if (!strcmp(o, "--nats")) { use_nats = 1; continue; }
        char *v = ++i < argc ? argv[i] : (fprintf(stderr, "%s?\n", o), exit(2), "");
        if (!strcmp(o, "--ports")) read_ports(v);
        else if (!strcmp(o, "--path")) path = v;
        else if (!strcmp(o, "--conns")) nconns = atoi(v);
        else if (!strcmp(o, "--procs")) nprocs = atoi(v);
        else if (!strcmp(o, "--tokens")) tokens = read_lines(v, &ntokens);
        else if (!strcmp(o, "--cookie")) cookie = v;
        else if (!strcmp(o, "--deaf")) deaf = atoi(v);
        else if (!strcmp(o, "--under-way")) most_under_way = atoi(v);
        else { fprintf(stderr, "%s?\n", o); return 2; }
    }
    if (!nports || nprocs > MOST_PROCS) return 2;
    as_many_descriptors_as_allowed();
    if (use_tls) { tls = SSL_CTX_new(TLS_client_method()); SSL_CTX_set_verify(tls, SSL_VERIFY_NONE, NULL); SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS); }
    int how = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, may = PROT_READ | PROT_WRITE;
    shared = mmap(NULL, sizeof *shared, may, how, -1, 0);
    arrived = mmap(NULL, (size_t)MOST_FRAMES * nconns * 4, may, how, -1, 0);
    returned = mmap(NULL, (size_t)nconns * 4, may, how, -1, 0);
    if (shared == MAP_FAILED || arrived == MAP_FAILED || returned == MAP_FAILED) die("mmap");
    shared->began = now_us();
    int pids[MOST_PROCS];
    for (int k = 0; k < nprocs; k++) { if (!(pids[k] = fork())) process(k); if (pids[k] < 0) die("fork"); }
    char text[256];
    while (fgets(text, sizeof text, stdin) && strncmp(text, "quit", 4)) { command(text); fflush(stdout); }
    for (int k = 0; k < nprocs; k++) { kill(pids[k], SIGKILL); waitpid(pids[k], NULL, 0); }
    return 0;
}
