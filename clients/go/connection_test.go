package erpsync

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

func TestAddresses(t *testing.T) {
	for _, it := range []struct {
		address string
		options []Option
		target  string
		fault   string
	}{
		{"http://127.0.0.1:7443", nil, "dns:///127.0.0.1:7443", ""},
		{"http://[::1]:7443/", nil, "dns:///[::1]:7443", ""},
		{"http://erpsync", nil, "dns:///erpsync:80", ""},
		{"https://erpsync.example", nil, "dns:///erpsync.example:443", ""},
		{"127.0.0.1:7443", nil, "", "is no address"},
		{"erpsync.example", nil, "", "is no address"},
		{"", nil, "", "is no address"},
		{"ftp://erpsync.example", nil, "", "begins with http:// or https://"},
		{"https://erpsync.example/api", nil, "", "is no address"},
		{"http://erpsync.example", []Option{WithAuthorities("ca.pem")}, "", "is plain text"},
		{"https://erpsync.example", []Option{WithAuthorities("/nowhere.pem")}, "", "cannot read the authorities"},
		{"https://erpsync.example", []Option{WithAuthorities("go.mod")}, "", "no certificate"},
	} {
		var chosen options
		for _, option := range it.options {
			option(&chosen)
		}
		target, _, err := resolve(it.address, chosen)
		if it.fault == "" && err != nil || it.fault != "" && (err == nil || !strings.Contains(err.Error(), it.fault)) {
			t.Errorf("%q: %v", it.address, err)
		}
		if target != it.target {
			t.Errorf("%q becomes %q", it.address, target)
		}
	}
}

func TestOpenSaysThatNobodyAnswers(t *testing.T) {
	noted(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	listener.Close()
	_, err = Open(t.Context(), address, "esk_1_secret")
	if err == nil || !strings.Contains(err.Error(), "nobody answers at "+address) || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("says %v", err)
	}
}

func TestTokens(t *testing.T) {
	f := serve(t)
	f.calls = []func() error{done}
	erp, _ := f.open(t)
	for _, it := range []*Connection{erp, erp.WithToken("esk_2_other"), erp.WithToken("")} {
		if err := setStock(t.Context(), it); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(f.tokens, ", "); got != "Bearer esk_1_secret, Bearer esk_2_other" {
		t.Errorf("sent %s", got)
	}
	if _, err := Open(t.Context(), f.address, ""); err == nil || !strings.Contains(err.Error(), "no token was given (is the variable set?)") {
		t.Errorf("no token: %v", err)
	}
	if _, err := Open(t.Context(), f.address, "esk_1\nsecret"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a line break in a token: %v", err)
	}
}

func TestTLS(t *testing.T) {
	noted(t)
	certificate, authorities := certified(t)
	f := serve(t, grpc.Creds(credentials.NewServerTLSFromCert(&certificate)))
	f.calls = []func() error{done}
	plain := f.address
	secured := strings.Replace(plain, "http:", "https:", 1)

	erp, err := Open(t.Context(), secured, "esk_1_secret", WithAuthorities(authorities))
	if err != nil {
		t.Fatal(err)
	}
	defer erp.Close()
	if err := setStock(t.Context(), erp); err != nil {
		t.Error(err)
	}
	if _, err := Open(t.Context(), secured, "esk_1_secret"); err == nil || !strings.Contains(err.Error(), "unknown authority") {
		t.Errorf("with the system's authorities: %v", err)
	}
	_, others := certified(t)
	if _, err := Open(t.Context(), secured, "esk_1_secret", WithAuthorities(others)); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("with somebody else's authorities: %v", err)
	}
	if _, err := Open(t.Context(), plain, "esk_1_secret"); err == nil {
		t.Error("speaks plain text to a port of TLS")
	}
	other := strings.Replace(serve(t).address, "http:", "https:", 1)
	if _, err := Open(t.Context(), other, "esk_1_secret"); err == nil || !strings.Contains(err.Error(), "does it speak plain text?") {
		t.Errorf("with TLS to a port of plain text: %v", err)
	}
}

func TestATokenThatNobodyKnows(t *testing.T) {
	why, ok := AsRefusal(refusal(refused(codes.Unauthenticated, "TOKEN_INVALID")))
	if !ok || !strings.Contains(why.Message, "(is it of another server or environment?") {
		t.Errorf("says %v", why)
	}
}

// A certificate for 127.0.0.1, and a file with the authority that made it.
func certified(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "authorities.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}

func TestEveryServiceIsReachable(t *testing.T) {
	reachable := map[string]bool{}
	connection := reflect.TypeFor[*Connection]()
	for n := range connection.NumMethod() {
		if it := connection.Method(n).Type; it.NumIn() == 1 && it.NumOut() == 1 {
			reachable[it.Out(0).Name()] = true
		}
	}
	services := 0
	protoregistry.GlobalFiles.RangeFilesByPackage("erpsync.v1", func(file protoreflect.FileDescriptor) bool {
		for n := range file.Services().Len() {
			services++
			if name := string(file.Services().Get(n).Name()); !reachable[name+"Client"] {
				t.Errorf("a connection has no method for %s", name)
			}
		}
		return true
	})
	if services < 16 {
		t.Errorf("there are only %d services", services)
	}
}
