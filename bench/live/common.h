// What both generators share: time, loopback sockets from several sources, credentials, options, requests as a browser sends them.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SOURCES 8  // one pair of addresses has 28,000 ports
#define AGENT "User-Agent: Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36\r\n" \
              "Accept-Language: vi-VN,vi;q=0.9,en-US;q=0.6,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" \
              "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n"

static int ports[64], nports;
static char **tokens; static long ntokens;
static const char *cookie = "hall";

static inline uint64_t now_us(void) {  // the clock everybody on this machine shares, so that publishers can say when they began
    struct timespec t; clock_gettime(CLOCK_REALTIME, &t);
    return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void die(const char *what) { perror(what); exit(1); }

static void read_ports(char *list) {
    for (char *t = strtok(list, ","); t && nports < 64; t = strtok(NULL, ",")) ports[nports++] = atoi(t);
}

static char **read_lines(const char *file, long *count) {  // the whole file once, its lines in place
    FILE *f = fopen(file, "r"); if (!f) die(file);
    fseek(f, 0, SEEK_END); long size = ftell(f); rewind(f);
    char *text = malloc(size + 1); if (fread(text, 1, size, f) != (size_t)size) die(file);
    fclose(f); text[size] = 0;
    long n = 0; for (char *p = text; *p; p++) n += *p == '\n';
    char **lines = malloc((n + 1) * sizeof *lines); long at = 0;
    for (char *p = text, *end; *p && (end = strchr(p, '\n')); p = end + 1) { *end = 0; lines[at++] = p; }
    *count = at; return lines;
}

static int start_socket(long n, int receive_buffer) {  // a connection under way, or -1
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
    if (fd < 0) return -1;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (receive_buffer) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000101 + n % SOURCES)};
    if (bind(fd, (void *)&a, sizeof a)) { close(fd); return -1; }
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK); a.sin_port = htons(ports[n % nports]);
    if (connect(fd, (void *)&a, sizeof a) && errno != EINPROGRESS) { close(fd); return -1; }
    return fd;
}

static int failed_to_connect(int fd) {
    int error = 0; socklen_t size = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

static void as_many_descriptors_as_allowed(void) {
    struct rlimit l; getrlimit(RLIMIT_NOFILE, &l); l.rlim_cur = l.rlim_max; setrlimit(RLIMIT_NOFILE, &l);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // never outlive the bench
}

static int by_size(const void *a, const void *b) { uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b; return (x > y) - (x < y); }
static uint32_t part(const uint32_t *sorted, long n, double share) {  // the value below which so much lies
    if (!n) return 0;
    long at = n * share; return sorted[at < n ? at : n - 1];
}
