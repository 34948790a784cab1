using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Playwright;
using Pharos.Browser.Tests.Driving;
using Pharos.Testing;
using Pharos.Testing.Processes;

namespace Pharos.Browser.Tests.Scenes;

/// <summary>A real server with sign-in, an admin, an editor and a viewer, in a folder of its own.</summary>
public abstract class Scene : IAsyncLifetime
{
    public const string AdminPassword = "lantern above the harbour";

    private readonly ConcurrentDictionary<string, Task<string>> _states = new();
    private ServerProcess? _server;

    public TempFolder Folder { get; } = new();

    public ServerProcess Server => _server ?? throw new InvalidOperationException("the server has not started");

    public Uri Address => Server.Address;

    /// <summary>Asks as the admin, with basic auth.</summary>
    public HttpClient Admin => Server.Api.Http;

    public virtual async ValueTask InitializeAsync()
    {
        int port = FreePort.Next();
        string served = await PrepareAsync(port);
        string password = Folder.Write("admin-password", AdminPassword + "\n");
        _server = await ServerProcess.StartWithSignInAsync(Folder, served, port, more: ["--web.admin-password-file=" + password, "--web.enable-remote-write-receiver"]);
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:" + AdminPassword));
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        foreach (string role in new[] { "Editor", "Viewer" })
        {
            using HttpResponseMessage made = await Admin.PostAsJsonAsync("/api/pharos/v1/users", new { name = NameOf(role), role, password = PasswordOf(role) });
            made.EnsureSuccessStatusCode();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A visit of this server; somebody with a role has signed in before it begins.</summary>
    public async Task VisitAsync(Chromium chromium, Visitor visitor, Func<Visit, Task> work)
    {
        string? state = visitor.Role is null ? null : await _states.GetOrAdd(visitor.Role, role => SignInAsync(chromium.Browser, role));
        await Visit.RunAsync(chromium.Browser, Address, state, visitor, work);
    }

    public static string NameOf(string role) => role == "Admin" ? "admin" : role.ToLowerInvariant() + "-one";

    public static string PasswordOf(string role) => role == "Admin" ? AdminPassword : "words of the " + role.ToLowerInvariant();

    /// <summary>Makes what the server is to serve, and starts what stands behind it.</summary>
    /// <param name="port">Of the server to come.</param>
    /// <returns>The folder to serve.</returns>
    protected abstract Task<string> PrepareAsync(int port);

    private async Task<string> SignInAsync(IBrowser browser, string role)
    {
        await using IBrowserContext context = await browser.NewContextAsync();
        IAPIResponse answer = await context.APIRequest.PostAsync(new Uri(Address, "/api/pharos/v1/session").ToString(), new APIRequestContextOptions
        {
            DataObject = new { name = NameOf(role), password = PasswordOf(role) },
        });
        Assert.True(answer.Ok, $"{role} cannot sign in: {answer.Status} {await answer.TextAsync()}\n{Server.Process.Output}");
        return await context.StorageStateAsync();
    }
}
