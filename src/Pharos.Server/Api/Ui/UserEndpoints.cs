using System.Text.Json;
using Pharos.Access.Users;
using Pharos.Core.Contracts;
using Pharos.Server.Access;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/users</c>: who may sign in.</summary>
internal sealed class UserEndpoints
{
    private readonly PharosAccess _access;
    private readonly TimeProvider _clock;

    public UserEndpoints(PharosAccess access, TimeProvider clock)
    {
        _access = access;
        _clock = clock;
    }

    public void Map(IEndpointRouteBuilder administering)
    {
        administering.MapUi(HttpMethods.Get, "users", WriteAsync);
        administering.MapUi(HttpMethods.Post, "users", AddAsync);
        administering.MapUi(HttpMethods.Patch, "users/{name}", ChangeAsync);
        administering.MapUi(HttpMethods.Delete, "users/{name}", RemoveAsync);
    }

    private async Task WriteAsync(HttpContext context)
    {
        UserList users = await _access.Users.ListAsync(context.RequestAborted).ConfigureAwait(false);
        IReadOnlyDictionary<string, DateTimeOffset> signIns = await _access.Sessions.LastSignInsAsync(context.RequestAborted).ConfigureAwait(false);
        await UiAnswer.WriteAsync(context, _clock, json =>
        {
            json.WriteStartArray("users"u8);
            foreach (User user in users.Users)
            {
                WriteUser(json, user, signIns.TryGetValue(user.Name, out DateTimeOffset time) ? time : null);
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    private async Task AddAsync(HttpContext context)
    {
        UiBody body = await UiBody.ReadAsync(context).ConfigureAwait(false);
        string name = body.Text("name");
        Role role = ReadRole(body.Text("role"));
        string password = body.Text("password");
        UserList users = await _access.Users.ListAsync(context.RequestAborted).ConfigureAwait(false);
        if (users.Find(name) is not null)
        {
            throw new UiRequestException(StatusCodes.Status409Conflict, "there is a user of this name already");
        }

        User added = await _access.Users.AddAsync(name, role, password, CancellationToken.None).ConfigureAwait(false);
        await UiAnswer.WriteAsync(context, _clock, json => WriteFields(json, added, lastSignIn: null), StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private async Task ChangeAsync(HttpContext context)
    {
        User user = await FindAsync(context).ConfigureAwait(false);
        UiBody body = await UiBody.ReadAsync(context).ConfigureAwait(false);
        Role? role = body.OptionalText("role") is { } word ? ReadRole(word) : null;
        string? password = body.OptionalText("password");
        if (role is null && password is null)
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, "nothing to change: expected role, password or both");
        }

        if (role is { } changed && changed != user.Role)
        {
            await _access.Users.SetRoleAsync(user.Name, changed, CancellationToken.None).ConfigureAwait(false);
        }

        if (password is not null)
        {
            await _access.Users.SetPasswordAsync(user.Name, password, CancellationToken.None).ConfigureAwait(false);
        }

        User now = await FindAsync(context).ConfigureAwait(false);
        await UiAnswer.WriteAsync(context, _clock, json => WriteFields(json, now, lastSignIn: null)).ConfigureAwait(false);
    }

    private async Task RemoveAsync(HttpContext context)
    {
        User user = await FindAsync(context).ConfigureAwait(false);
        await _access.Users.RemoveAsync(user.Name, CancellationToken.None).ConfigureAwait(false);
        await _access.Sessions.ForgetAsync(user.Name, CancellationToken.None).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<User> FindAsync(HttpContext context)
    {
        string name = (string?)context.Request.RouteValues["name"] ?? "";
        UserList users = await _access.Users.ListAsync(context.RequestAborted).ConfigureAwait(false);
        return users.Find(name) ?? throw new UiRequestException(StatusCodes.Status404NotFound, "there is no user of this name");
    }

    private static Role ReadRole(string word) =>
        RoleWords.TryParse(word, out Role role) ? role : throw UiRequest.Expected("role", "Viewer, Editor or Admin");

    private static void WriteUser(Utf8JsonWriter json, User user, DateTimeOffset? lastSignIn)
    {
        json.WriteStartObject();
        WriteFields(json, user, lastSignIn);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, User user, DateTimeOffset? lastSignIn)
    {
        json.WriteString("name"u8, user.Name);
        json.WriteString("role"u8, user.Role.ToString());
        json.WriteIfKnown("createdAt", user.Created);
        json.WriteIfKnown("lastSignIn", lastSignIn);
        json.WriteBoolean("mustChangePassword"u8, user.MustChangePassword || user.IsUnclaimed);
    }
}
