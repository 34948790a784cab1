using System.Net;
using System.Text;
using System.Text.Json;
using Pharos.Access.Authentication;
using Pharos.Access.Passwords;
using Pharos.Access.Tokens;
using Pharos.Access.Users;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.Access.Tests.Authentication;

public sealed class AuthenticatorTests : IDisposable
{
    private const string DaveHash = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.poIKaw08HWUz4zkVKLs8VPIydUmXBPC";
    private const string DavePassword = "correct horse battery staple";

    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress There = IPAddress.Parse("192.0.2.2");

    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryDocumentStore _documents;
    private readonly UserStore _users;
    private readonly TokenStore _tokens;
    private readonly Authenticator _authenticator;
    private Dictionary<string, string> _webUsers = [];

    public AuthenticatorTests()
    {
        _documents = new MemoryDocumentStore(_clock);
        _users = new UserStore(_documents, new PasswordHasher(iterations: 10), _clock);
        _tokens = new TokenStore(_documents, _clock);
        _authenticator = Make(new AuthenticatorOptions());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _authenticator.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Digest x")]
    [InlineData("Basic ###")]
    public async Task Without_a_proof_nobody_is_known(string? header)
    {
        AuthenticationResult result = await _authenticator.AuthenticateAsync(header, Here, Cancellation);
        Assert.Equal(AuthenticationOutcome.NoCredentials, result.Outcome);
        Assert.Null(result.Caller);
    }

    [Theory]
    [InlineData(Role.Viewer, Permissions.Read)]
    [InlineData(Role.Admin, Permissions.All)]
    public async Task A_user_is_known_by_name_and_password(Role role, Permissions permissions)
    {
        await _users.AddAsync("ann", role, "ann's password", Cancellation);
        AuthenticationResult result = await SignInAsync("ann", "ann's password");
        Assert.Equal(AuthenticationOutcome.Accepted, result.Outcome);
        Assert.Equal(new Caller(CallerKind.User, "ann", role, permissions), result.Caller);
        Assert.Equal(result, await SignInAsync("ann", "ann's password"));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        AuthenticationResult wrong = await SignInAsync("ann", "bob's password");
        AuthenticationResult unknown = await SignInAsync("bob", "bob's password");
        AuthenticationResult otherCase = await SignInAsync("Ann", "ann's password");
        AuthenticationResult empty = await SignInAsync("", "");
        Assert.Equal(AuthenticationOutcome.Refused, wrong.Outcome);
        Assert.Equal(wrong, unknown);
        Assert.Equal(wrong, otherCase);
        Assert.Equal(wrong, empty);
    }

    [Fact]
    public async Task A_changed_password_counts_at_once()
    {
        await _users.AddAsync("ann", Role.Viewer, "first password", Cancellation);
        Assert.Equal(AuthenticationOutcome.Accepted, (await SignInAsync("ann", "first password")).Outcome);
        await _users.SetPasswordAsync("ann", "second password", Cancellation);
        Assert.Equal(AuthenticationOutcome.Refused, (await SignInAsync("ann", "first password")).Outcome);
        Assert.Equal(AuthenticationOutcome.Accepted, (await SignInAsync("ann", "second password")).Outcome);
    }

    [Fact]
    public async Task A_removed_user_is_out_at_once_and_a_new_one_of_the_name_is_another()
    {
        await _users.AddAsync("root", Role.Admin, "root's password", Cancellation);
        await _users.AddAsync("ann", Role.Admin, "ann's password", Cancellation);
        await SignInAsync("ann", "ann's password");
        await _users.RemoveAsync("ann", Cancellation);
        Assert.Equal(AuthenticationOutcome.Refused, (await SignInAsync("ann", "ann's password")).Outcome);
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        Assert.Equal(Role.Viewer, (await SignInAsync("ann", "ann's password")).Caller!.Role);
    }

    [Fact]
    public async Task An_old_record_is_renewed_at_sign_in()
    {
        await new UserStore(_documents, new PasswordHasher(iterations: 5), _clock).AddAsync("ann", Role.Editor, "ann's password", Cancellation);
        string old = (await _users.ListAsync(Cancellation)).Find("ann")!.PasswordRecord;
        Assert.Equal(AuthenticationOutcome.Accepted, (await SignInAsync("ann", "ann's password")).Outcome);
        User renewed = (await _users.ListAsync(Cancellation)).Find("ann")!;
        Assert.NotEqual(old, renewed.PasswordRecord);
        Assert.Contains("i=10$", renewed.PasswordRecord);
        Assert.Equal(Role.Editor, renewed.Role);
        Assert.Equal(AuthenticationOutcome.Accepted, (await SignInAsync("ann", "ann's password")).Outcome);
    }

    [Fact]
    public async Task A_wrong_password_renews_nothing()
    {
        await new UserStore(_documents, new PasswordHasher(iterations: 5), _clock).AddAsync("ann", Role.Editor, "ann's password", Cancellation);
        await SignInAsync("ann", "bob's password");
        Assert.Contains("i=5$", (await _users.ListAsync(Cancellation)).Find("ann")!.PasswordRecord);
    }

    [Fact]
    public async Task Users_of_the_web_configuration_are_admins()
    {
        _webUsers = new Dictionary<string, string> { ["dave"] = DaveHash };
        AuthenticationResult result = await SignInAsync("dave", DavePassword);
        Assert.Equal(new Caller(CallerKind.WebConfigUser, "dave", Role.Admin, Permissions.All), result.Caller);
        Assert.Equal(result, await SignInAsync("dave", DavePassword));
        Assert.Equal(AuthenticationOutcome.Refused, (await SignInAsync("dave", "other")).Outcome);
        _webUsers = [];
        Assert.Equal(AuthenticationOutcome.Refused, (await SignInAsync("dave", DavePassword)).Outcome);
    }

    [Fact]
    public async Task A_name_that_is_in_both_lists_signs_in_by_either_password()
    {
        _webUsers = new Dictionary<string, string> { ["dave"] = DaveHash };
        await _users.AddAsync("dave", Role.Viewer, "dave's own password", Cancellation);
        Assert.Equal(CallerKind.WebConfigUser, (await SignInAsync("dave", DavePassword)).Caller!.Kind);
        Assert.Equal(Role.Viewer, (await SignInAsync("dave", "dave's own password")).Caller!.Role);
    }

    [Theory]
    [InlineData(TokenScope.Read, Permissions.Read)]
    [InlineData(TokenScope.Ingest, Permissions.Ingest)]
    [InlineData(TokenScope.Admin, Permissions.All)]
    public async Task A_token_gives_its_scope(TokenScope scope, Permissions permissions)
    {
        (_, string text) = await _tokens.CreateAsync("ci", scope, null, Cancellation);
        AuthenticationResult result = await BearAsync(text);
        Assert.Equal(AuthenticationOutcome.Accepted, result.Outcome);
        Assert.Equal((CallerKind.Token, "ci", permissions), (result.Caller!.Kind, result.Caller.Name, result.Caller.Permissions));
    }

    [Fact]
    public async Task A_token_ends_at_its_moment_and_only_its_bearer_is_told()
    {
        (Token token, string text) = await _tokens.CreateAsync("ci", TokenScope.Read, TimeSpan.FromHours(1), Cancellation);
        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(AuthenticationOutcome.Accepted, (await BearAsync(text)).Outcome);
        _clock.Advance(TimeSpan.FromTicks(1));
        AuthenticationResult expired = await BearAsync(text);
        Assert.Equal((AuthenticationOutcome.Refused, "the token has expired"), (expired.Outcome, expired.Message));
        Assert.Equal("wrong user, password or token", (await BearAsync($"{token.Prefix}_{new string('0', 32)}")).Message);
    }

    [Fact]
    public async Task A_revoked_or_changed_token_is_refused()
    {
        (_, string text) = await _tokens.CreateAsync("ci", TokenScope.Read, null, Cancellation);
        Assert.Equal(AuthenticationOutcome.Refused, (await BearAsync(text[..^1] + (text[^1] == '0' ? '1' : '0'))).Outcome);
        Assert.Equal(AuthenticationOutcome.Refused, (await BearAsync(text.ToUpperInvariant())).Outcome);
        Assert.Equal(AuthenticationOutcome.Refused, (await BearAsync(text[^32..])).Outcome);
        await _tokens.RevokeAsync("ci", Cancellation);
        Assert.Equal(AuthenticationOutcome.Refused, (await BearAsync(text)).Outcome);
    }

    [Fact]
    public async Task A_token_is_no_password()
    {
        (_, string text) = await _tokens.CreateAsync("ci", TokenScope.Admin, null, Cancellation);
        Assert.Equal(AuthenticationOutcome.Refused, (await SignInAsync("ci", text)).Outcome);
    }

    [Fact]
    public async Task Failures_of_an_address_are_limited_and_wear_off()
    {
        using Authenticator authenticator = Make(new AuthenticatorOptions { AddressBurst = 3, AddressInterval = TimeSpan.FromSeconds(10) });
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(AuthenticationOutcome.Refused, (await authenticator.AuthenticateAsync(Basic($"user{i}", "guess"), Here, Cancellation)).Outcome);
        }

        AuthenticationResult limited = await authenticator.AuthenticateAsync(Basic("user4", "guess"), Here, Cancellation);
        Assert.Equal((AuthenticationOutcome.TooManyFailures, TimeSpan.FromSeconds(10)), (limited.Outcome, limited.RetryAfter));
        Assert.Equal(AuthenticationOutcome.TooManyFailures, (await authenticator.AuthenticateAsync(Basic("ann", "ann's password"), Here, Cancellation)).Outcome);
        Assert.Equal(AuthenticationOutcome.Accepted, (await authenticator.AuthenticateAsync(Basic("ann", "ann's password"), There, Cancellation)).Outcome);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(AuthenticationOutcome.Accepted, (await authenticator.AuthenticateAsync(Basic("ann", "ann's password"), Here, Cancellation)).Outcome);
    }

    [Fact]
    public async Task Who_is_signed_in_stays_in_while_others_guess()
    {
        using Authenticator authenticator = Make(new AuthenticatorOptions { UserBurst = 2, AddressBurst = 2 });
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        await authenticator.AuthenticateAsync(Basic("ann", "ann's password"), Here, Cancellation);
        for (int i = 0; i < 5; i++)
        {
            await authenticator.AuthenticateAsync(Basic("ann", "guess"), Here, Cancellation);
        }

        Assert.Equal(AuthenticationOutcome.TooManyFailures, (await authenticator.AuthenticateAsync(Basic("ann", "guess"), Here, Cancellation)).Outcome);
        Assert.Equal(AuthenticationOutcome.Accepted, (await authenticator.AuthenticateAsync(Basic("ann", "ann's password"), Here, Cancellation)).Outcome);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("nobody")]
    public async Task Failures_of_a_name_are_limited_over_all_addresses_whether_somebody_has_it_or_not(string name)
    {
        using Authenticator authenticator = Make(new AuthenticatorOptions { UserBurst = 3, UserInterval = TimeSpan.FromSeconds(7) });
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(AuthenticationOutcome.Refused, (await authenticator.AuthenticateAsync(Basic(name, "guess"), IPAddress.Parse($"192.0.2.{i}"), Cancellation)).Outcome);
        }

        AuthenticationResult limited = await authenticator.AuthenticateAsync(Basic(name, "guess"), There, Cancellation);
        Assert.Equal((AuthenticationOutcome.TooManyFailures, TimeSpan.FromSeconds(7)), (limited.Outcome, limited.RetryAfter));
    }

    [Fact]
    public async Task Guessed_tokens_are_limited_and_a_right_one_is_not()
    {
        using Authenticator authenticator = Make(new AuthenticatorOptions { AddressBurst = 2 });
        (_, string text) = await _tokens.CreateAsync("ci", TokenScope.Read, null, Cancellation);
        await authenticator.AuthenticateAsync("Bearer guess", Here, Cancellation);
        await authenticator.AuthenticateAsync("Bearer guess", Here, Cancellation);
        Assert.Equal(AuthenticationOutcome.TooManyFailures, (await authenticator.AuthenticateAsync("Bearer guess", Here, Cancellation)).Outcome);
        Assert.Equal(AuthenticationOutcome.Accepted, (await authenticator.AuthenticateAsync("Bearer " + text, Here, Cancellation)).Outcome);
    }

    [Fact]
    public async Task A_network_of_IPv6_is_one_address_and_a_mapped_IPv4_is_itself()
    {
        using Authenticator authenticator = Make(new AuthenticatorOptions { AddressBurst = 2 });
        await authenticator.AuthenticateAsync("Bearer guess", IPAddress.Parse("2001:db8::1"), Cancellation);
        await authenticator.AuthenticateAsync("Bearer guess", IPAddress.Parse("2001:db8::2"), Cancellation);
        Assert.Equal(AuthenticationOutcome.TooManyFailures, (await authenticator.AuthenticateAsync("Bearer guess", IPAddress.Parse("2001:db8::3"), Cancellation)).Outcome);
        Assert.Equal(AuthenticationOutcome.Refused, (await authenticator.AuthenticateAsync("Bearer guess", IPAddress.Parse("2001:db8:0:1::1"), Cancellation)).Outcome);
        Assert.Equal(AuthenticationOutcome.Refused, (await authenticator.AuthenticateAsync("Bearer guess", IPAddress.Parse("::ffff:192.0.2.1"), Cancellation)).Outcome);
        Assert.Equal(AuthenticationOutcome.Refused, (await authenticator.AuthenticateAsync("Bearer guess", Here, Cancellation)).Outcome);
        Assert.Equal(AuthenticationOutcome.TooManyFailures, (await authenticator.AuthenticateAsync("Bearer guess", Here, Cancellation)).Outcome);
    }

    [Fact]
    public async Task Many_at_once_are_all_answered()
    {
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        AuthenticationResult[] results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => SignInAsync("ann", "ann's password").AsTask(), Cancellation)));
        Assert.All(results, static result => Assert.Equal(AuthenticationOutcome.Accepted, result.Outcome));
    }

    [Fact]
    public async Task A_user_whose_document_is_broken_is_out_and_the_others_stay_in()
    {
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        using var json = JsonDocument.Parse("""{"role":"admin"}""");
        await _documents.WriteAsync(UserStore.Kind, "bob", json.RootElement, DocumentVersion.Any, Cancellation);
        Assert.Equal(AuthenticationOutcome.Refused, (await SignInAsync("bob", "")).Outcome);
        Assert.Equal(AuthenticationOutcome.Accepted, (await SignInAsync("ann", "ann's password")).Outcome);
    }

    [Fact]
    public async Task When_users_cannot_be_read_nobody_is_let_in()
    {
        await _users.AddAsync("ann", Role.Viewer, "ann's password", Cancellation);
        await SignInAsync("ann", "ann's password");
        _documents.Failure = "the disk is gone";
        AuthenticationResult result = await SignInAsync("ann", "ann's password");
        Assert.Equal((AuthenticationOutcome.Unavailable, "the disk is gone"), (result.Outcome, result.Message));
    }

    [Fact]
    public async Task No_answer_holds_what_was_sent()
    {
        AuthenticationResult password = await SignInAsync("ann", "sesame-opens-nothing");
        AuthenticationResult token = await BearAsync("sesame-opens-nothing");
        Assert.DoesNotContain("sesame", password.ToString());
        Assert.DoesNotContain("sesame", token.ToString());
    }

    private static string Basic(string name, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));

    private Authenticator Make(AuthenticatorOptions options) => new(_users, _tokens, () => _webUsers, _clock, options);

    private ValueTask<AuthenticationResult> SignInAsync(string name, string password) => _authenticator.AuthenticateAsync(Basic(name, password), Here, Cancellation);

    private ValueTask<AuthenticationResult> BearAsync(string token) => _authenticator.AuthenticateAsync("Bearer " + token, Here, Cancellation);
}
