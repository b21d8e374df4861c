// What a host says to a server, of the floor below.
@_exported public import enum WaybillHTTP.Loopback
@_exported public import enum WaybillHTTP.ServerError
@_exported public import struct WaybillHTTP.ServerLimits
@_exported public import struct WaybillHTTP.ServerOptions
